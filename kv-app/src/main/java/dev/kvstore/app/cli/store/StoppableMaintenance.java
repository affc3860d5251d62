package dev.kvstore.app.cli.store;

import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;

/** Maintenance that leaves nothing half done when the process is asked to end. */
record StoppableMaintenance(MaintenancePort port, Termination termination)
    implements MaintenancePort {

  @Override
  public VerifyReport verify(ProgressListener listener) {
    return termination.during(listener, port::verify);
  }

  @Override
  public RepairReport repair(String target, ProgressListener listener) {
    return termination.during(listener, stoppable -> port.repair(target, stoppable));
  }
}
