package io.pbts.gateway.testing;

import io.pbts.gateway.GatewayApplication;
import io.pbts.gateway.admin.AdminListener;
import io.pbts.gateway.management.ManagementListener;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The gateway with its whole context, free port, five fake services behind it. One at a time: contexts
 * share Netty's event loops, and the first that closes stops them.
 */
public final class Stack implements AutoCloseable {
    public static final String ADMIN_KEY = "operator-0f8e2b7c-9d41-4a6e-b3c5-71d2";

    public final FakeService tracker = new FakeService();
    public final FakeService announce = new FakeService();
    public final FakeService receipt = new FakeService();
    public final FakeService reputation = new FakeService();
    public final FakeService contract = new FakeService();
    public final Path secrets = TestKeys.secretsFor("gateway", Map.of("pbts.admin-key", ADMIN_KEY));
    private final ConfigurableApplicationContext context;

    private Stack(String profile, String address, List<String> settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=" + address,
                "--server.shutdown=immediate",
                "--PBTS_ADMIN_PORT=0",
                "--PBTS_ANNOUNCE_TRACKER_URL=" + tracker.url(),
                "--PBTS_ANNOUNCE_URL=" + announce.url(),
                "--PBTS_RECEIPT_URL=" + receipt.url(),
                "--PBTS_REPUTATION_URL=" + reputation.url(),
                "--PBTS_CONTRACT_URL=" + contract.url()));
        if (settings.stream().noneMatch(setting -> setting.startsWith("pbts.secrets-dir="))) {
            arguments.add("--pbts.secrets-dir=" + secrets);
        }
        settings.forEach(setting -> arguments.add("--" + setting));
        context = new SpringApplicationBuilder(GatewayApplication.class)
                .profiles(profile)
                .run(arguments.toArray(String[]::new));
    }

    /** On all addresses, IPv4 and IPv6, as in production. */
    public static Stack production(String... settings) throws IOException {
        return new Stack("production", "::", List.of(settings));
    }

    public static Stack local(String... settings) throws IOException {
        return new Stack("local", "127.0.0.1", List.of(settings));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public Caller caller() {
        return caller("127.0.0.1");
    }

    /** Somebody at the admin port. */
    public Caller operator() {
        return new Caller(
                InetAddress.getLoopbackAddress(),
                context.getBean(AdminListener.class).port());
    }

    /** Who probes and scrapes; the stack needs a management port. */
    public Caller prober() {
        return new Caller(
                InetAddress.getLoopbackAddress(),
                context.getBean(ManagementListener.class).port());
    }

    public Caller caller(String address) {
        try {
            return new Caller(InetAddress.getByName(address), port());
        } catch (IOException impossible) {
            throw new IllegalArgumentException(address, impossible);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        for (FakeService service : List.of(tracker, announce, receipt, reputation, contract)) {
            service.close();
        }
    }
}
