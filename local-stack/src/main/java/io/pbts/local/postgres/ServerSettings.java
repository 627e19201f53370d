package io.pbts.local.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of a small, durable server that only this machine can reach. Given on the command line, where no file overrides them. */
final class ServerSettings {
    private ServerSettings() {}

    static Map<String, String> of(int port) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        Durability.SETTINGS.forEach(name -> settings.put(name, "on"));
        settings.put("shared_buffers", "64MB");
        settings.put("max_connections", "80");
        settings.put("max_wal_size", "256MB");
        settings.put("io_method", "sync");
        settings.put("max_parallel_workers_per_gather", "0");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_checkpoints", "off");
        settings.put("cluster_name", "pbts");
        return settings;
    }
}
