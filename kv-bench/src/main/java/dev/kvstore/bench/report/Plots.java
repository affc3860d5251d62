package dev.kvstore.bench.report;

import dev.kvstore.bench.engine.Role;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The pictures: ratios to the best peer, throughput over entries, latency over time. What has no data is not drawn. */
final class Plots {

  private static final int WIDTH = 1_100;
  private static final int HEIGHT = 650;
  private static final double TENTH = 0.1;

  private Plots() {}

  /** Writes the plots as PNG files into a directory. */
  static void write(Path directory, List<Group> groups, List<Timeline> timelines)
      throws IOException {
    ratios(directory, groups);
    throughput(directory, groups, "create-unforced");
    throughput(directory, groups, "random-read");
    latency(directory, timelines, "create");
    latency(directory, timelines, "read");
  }

  private static void ratios(Path directory, List<Group> groups) throws IOException {
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    List<String> works = new ArrayList<>();
    for (Group group : groups) {
      List<Row> ours =
          group.rows().stream().filter(row -> row.role() == Role.OURS).toList();
      if (ours.stream().allMatch(row -> group.ratio(row, group.bestPeer()).isEmpty())) {
        continue;
      }
      works.add(group.title());
      for (Row row : ours) {
        ratios
            .computeIfAbsent(row.engine(), engine -> new ArrayList<>())
            .add(group.ratio(row, group.bestPeer()).orElse(0.0));
      }
    }
    if (works.isEmpty()) {
      return;
    }
    HorizontalBarChart chart = new HorizontalBarChartBuilder()
        .width(WIDTH)
        .height(100 + 45 * works.size())
        .title("Times as good as the best peer (1 = the same)")
        .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // A label for each work, however close they are; the chart takes the hint of its other axis for
    // that.
    chart.getStyler().setXAxisTickMarkSpacingHint(20);
    ratios.forEach((engine, values) -> chart.addSeries(engine, values, works));
    ChartEncoder.saveChart(chart, directory.resolve("ratio-to-best-peer.png").toString(), "png");
  }

  private static void throughput(Path directory, List<Group> groups, String work)
      throws IOException {
    Map<String, Map<Long, Double>> engines = new TreeMap<>();
    for (Group group : groups) {
      if (group.work().equals(work) && group.valueBytes() == 1_024 && group.threads() == 1) {
        for (Row row : group.rows()) {
          Optional<Double> median = row.rounds().map(rounds -> rounds.median());
          median.ifPresent(rate -> engines
              .computeIfAbsent(row.engine(), engine -> new TreeMap<>())
              .put(row.entries(), rate));
        }
      }
    }
    engines.values().removeIf(points -> points.size() < 2);
    if (engines.isEmpty()) {
      return;
    }
    XYChart chart = chart(work + ", 1024 B, 1 thread", "entries", "operations a second");
    chart.getStyler().setXAxisLogarithmic(true);
    engines.forEach((engine, points) -> chart.addSeries(
        engine, new ArrayList<>(points.keySet()), new ArrayList<>(points.values())));
    ChartEncoder.saveChart(
        chart, directory.resolve("throughput-" + work + ".png").toString(), "png");
  }

  private static void latency(Path directory, List<Timeline> timelines, String operation)
      throws IOException {
    XYChart chart = chart(
        "Slowest " + operation
            + " under way in each tenth of a second; the compaction begins at 3 s",
        "seconds",
        "milliseconds");
    chart.getStyler().setYAxisLogarithmic(true);
    for (Timeline timeline : timelines) {
      if (timeline.operation().equals(operation) && !timeline.slowestMicros().isEmpty()) {
        List<Double> seconds = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (double micros : timeline.slowestMicros()) {
          seconds.add(seconds.size() * TENTH);
          // A tenth without any operation has no place on a logarithmic axis.
          millis.add(Math.max(micros, 1) / 1e3);
        }
        chart.addSeries(timeline.engine(), seconds, millis);
      }
    }
    if (!chart.getSeriesCollection().isEmpty()) {
      ChartEncoder.saveChart(
          chart, directory.resolve("compaction-" + operation + "-latency.png").toString(), "png");
    }
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart = new XYChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .title(title)
        .xAxisTitle(x)
        .yAxisTitle(y)
        .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }
}
