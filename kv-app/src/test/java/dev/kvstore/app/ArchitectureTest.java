package dev.kvstore.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.time.Clock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house: who may know whom, over the product classes of all modules. */
class ArchitectureTest {
  private static final String CORE = "dev.kvstore.core..";
  private static final String FILES = "dev.kvstore.files..";
  private static final String JSONFILE = "dev.kvstore.jsonfile..";
  private static final String H2 = "dev.kvstore.h2..";
  private static final String ETCD = "dev.kvstore.etcd..";
  private static final String APP = "dev.kvstore.app..";
  private static final String WIRING = "dev.kvstore.app.wiring..";

  private static final JavaClasses PRODUCT = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages("dev.kvstore");

  private static final DescribedPredicate<JavaClass> JAVA_BASE =
      describe("belong to java.base", type -> javaBase(type.getBaseComponentType()));

  private static final DescribedPredicate<JavaClass> INPUT_OUTPUT = resideInAnyPackage(
          "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
      .and(describe("are not a mere marker", type -> !type.isEquivalentTo(Serializable.class)));

  private static final DescribedPredicate<JavaAccess<?>> WALL_CLOCK =
      describe("read the wall clock", access -> readsWallClock(access.getTarget()));

  @ParameterizedTest
  @ValueSource(strings = {CORE, FILES, JSONFILE, H2, ETCD, APP})
  void everyModuleIsSeen(String module) {
    assertTrue(PRODUCT.stream().anyMatch(resideInAPackage(module)), module);
  }

  @Test
  void coreDependsOnTheJdkAlone() {
    check(classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat(
            JAVA_BASE.or(resideInAnyPackage(CORE, "org.jspecify.annotations"))));
  }

  @Test
  void coreDoesNoInputOrOutput() {
    check(noClasses().that().resideInAPackage(CORE).should().dependOnClassesThat(INPUT_OUTPUT));
  }

  @Test
  void coreAndAdaptersReadNoClock() {
    check(noClasses()
        .that()
        .resideInAnyPackage(CORE, FILES, JSONFILE, H2, ETCD)
        .should()
        .accessTargetWhere(WALL_CLOCK));
  }

  @Test
  void noPackageCycles() {
    check(slices().matching("dev.kvstore.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheWiringNamesAnEngine() {
    check(noClasses()
        .that()
        .resideOutsideOfPackages(WIRING, JSONFILE, H2, ETCD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JSONFILE, H2, ETCD));
  }

  @Test
  void jsonfileKnowsNoOtherEngineAndNotTheApp() {
    checkIgnorance(JSONFILE, H2, ETCD, APP);
  }

  @Test
  void h2KnowsNoOtherEngineAndNotTheApp() {
    checkIgnorance(H2, JSONFILE, ETCD, APP);
  }

  @Test
  void etcdKnowsNoOtherEngineNoFilesAndNotTheApp() {
    checkIgnorance(ETCD, JSONFILE, H2, FILES, APP);
  }

  @Test
  void theProtocolKnowsNothingOfTheStore() {
    checkIgnorance("dev.kvstore.etcd.rpc..", "dev.kvstore.etcd", CORE);
  }

  @Test
  void filesKnowsNoEngineAndNotTheApp() {
    checkIgnorance(FILES, JSONFILE, H2, ETCD, APP);
  }

  @Test
  void daggerStaysInTheApp() {
    check(noClasses()
        .that()
        .resideOutsideOfPackage(APP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dagger..", "javax.inject..", "jakarta.inject.."));
  }

  private static void checkIgnorance(String who, String... ofWhom) {
    check(noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ofWhom));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCT);
  }

  private static boolean javaBase(JavaClass type) {
    return type.isPrimitive()
        || Object.class.getModule().getPackages().contains(type.getPackageName());
  }

  private static boolean readsWallClock(AccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis");
    }
    if (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    return owner.getPackageName().startsWith("java.time") && name.equals("now");
  }
}
