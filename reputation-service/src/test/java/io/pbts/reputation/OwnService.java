package io.pbts.reputation;

import io.pbts.support.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service with a database and settings of a test's own. */
final class OwnService {
    private OwnService() {}

    /** Starts it on a free port, with a usable secrets directory where the settings name none. */
    static ConfigurableApplicationContext start(String databaseUrl, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--pbts.sign-in.chain-id=31337",
                "--spring.datasource.url=" + databaseUrl,
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD));
        all.addAll(List.of(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("--pbts.secrets-dir="))) {
            all.add("--pbts.secrets-dir=" + RunningService.secrets());
        }
        return SpringApplication.run(ReputationApplication.class, all.toArray(String[]::new));
    }

    static ServiceClient clientOf(ConfigurableApplicationContext service) {
        return new ServiceClient(service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
