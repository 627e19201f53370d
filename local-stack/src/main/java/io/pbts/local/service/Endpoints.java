package io.pbts.local.service;

import java.util.function.IntSupplier;

/** Where everything listens in one run. */
public record Endpoints(
        int gateway,
        int admin,
        int tracker,
        int trackerInternal,
        int reputation,
        int announce,
        int receipt,
        int contract,
        int postgres,
        int chain) {
    /** The HTTP port of a service; its control port in the case of announce-service. */
    public int of(Service service) {
        return switch (service) {
            case REPUTATION -> reputation;
            case ANNOUNCE -> announce;
            case RECEIPT -> receipt;
            case CONTRACT -> contract;
            case GATEWAY -> gateway;
        };
    }

    public String url(Service service) {
        return "http://127.0.0.1:" + of(service);
    }

    /** The gateway's second door, for the operator. */
    public String adminUrl() {
        return "http://127.0.0.1:" + admin;
    }

    /** The same suite with other ports for one service: its neighbours stay where they are. */
    Endpoints with(Service service, IntSupplier free) {
        return new Endpoints(
                service == Service.GATEWAY ? free.getAsInt() : gateway,
                service == Service.GATEWAY ? free.getAsInt() : admin,
                service == Service.ANNOUNCE ? free.getAsInt() : tracker,
                service == Service.ANNOUNCE ? free.getAsInt() : trackerInternal,
                service == Service.REPUTATION ? free.getAsInt() : reputation,
                service == Service.ANNOUNCE ? free.getAsInt() : announce,
                service == Service.RECEIPT ? free.getAsInt() : receipt,
                service == Service.CONTRACT ? free.getAsInt() : contract,
                postgres,
                chain);
    }
}
