package dev.kvstore.etcd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Stands between a client and a member: passes bytes on, or loses answers, or keeps requests to deliver them much later. */
final class LossyProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile BooleanSupplier losesAnswers = () -> false;
  private volatile boolean keepsRequests;

  LossyProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", () -> {
      while (true) {
        Link link = new Link(listener.accept());
        links.add(link);
        start("requests", link::passRequests);
        start("answers", link::passAnswers);
      }
    });
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on requests arrive and answers do not. */
  void loseAnswers() {
    loseAnswersOnce(() -> true);
  }

  /** From then on answers do not arrive: the condition is looked at when there is one. */
  void loseAnswersOnce(BooleanSupplier condition) {
    losesAnswers = condition;
  }

  /** From now on requests do not arrive yet. */
  void keepRequests() {
    keepsRequests = true;
  }

  /** Whether a request is kept. */
  boolean hasKept() {
    return links.stream().anyMatch(link -> link.kept.size() > 0);
  }

  /** The clients lose their connections, and new ones are as they should be. */
  void reconnect() throws IOException {
    losesAnswers = () -> false;
    keepsRequests = false;
    for (Link link : links) {
      link.client.close();
    }
  }

  /** Delivers what was kept. */
  void deliverKept() throws IOException {
    for (Link link : links) {
      synchronized (link) {
        link.server.getOutputStream().write(link.kept.toByteArray());
        link.kept.reset();
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Link link : links) {
      link.client.close();
      link.server.close();
    }
  }

  private interface Loop {
    void run() throws IOException;
  }

  private static void start(String name, Loop loop) {
    Thread thread = new Thread(
        () -> {
          try {
            loop.run();
          } catch (IOException e) {
            // A connection has ended, which is what this class is for.
          }
        },
        "proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private final class Link {
    final Socket client;
    final Socket server;
    final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Link(Socket client) {
      this.client = client;
      try {
        this.server = new Socket(InetAddress.getLoopbackAddress(), target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void passRequests() throws IOException {
      byte[] buffer = new byte[8_192];
      int read;
      while ((read = client.getInputStream().read(buffer)) >= 0) {
        synchronized (this) {
          // What comes after something that was kept must not overtake it.
          if (keepsRequests || kept.size() > 0) {
            kept.write(buffer, 0, read);
          } else {
            server.getOutputStream().write(buffer, 0, read);
          }
        }
      }
    }

    void passAnswers() throws IOException {
      byte[] buffer = new byte[8_192];
      int read;
      while ((read = server.getInputStream().read(buffer)) >= 0) {
        if (!losesAnswers.getAsBoolean() && !client.isClosed()) {
          client.getOutputStream().write(buffer, 0, read);
        }
      }
    }
  }
}
