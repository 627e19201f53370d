package io.pbts.contract.chain;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/**
 * One of the nodes that we may ask. Its URL often carries the key to it, so it is named by its place in the configuration,
 * and in the log by its host.
 */
public final class Endpoint {
    private final int place;
    private final String host;
    private final Transport transport;
    private final ChainNode node;
    private volatile Health health = Health.NOT_ASKED_YET;
    private volatile String detail = "";

    /** What the last look found. Only a good one is used. */
    public enum Health {
        NOT_ASKED_YET,
        GOOD,
        /** No answer, or none that can be read. */
        UNREACHABLE,
        /** Another chain id. */
        WRONG_CHAIN,
        /** Another first block. */
        WRONG_GENESIS,
        /** Another block where most of the others, or our records, have a finalized one. */
        ON_A_FORK,
        /** It does not have a block yet that was finalized before. */
        BEHIND,
        /** The nodes do not agree and none has a majority. */
        DISPUTED
    }

    Endpoint(int place, String url, OkHttpClient http, ChainSpans spans) {
        this.place = place;
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new IllegalStateException(
                    "Node %d of PBTS_RPC_URL is not an http(s) address.".formatted(place)); // which may hold a key
        }
        this.host = address.host();
        this.transport = new Transport(url, http, spans);
        this.node = new ChainNode(Web3j.build(transport));
    }

    /** From 1, as configured. */
    public int place() {
        return place;
    }

    public String host() {
        return host;
    }

    /** Asks this one, whether it may be used or not. */
    public ChainNode node() {
        return node;
    }

    public Health health() {
        return health;
    }

    /** What is wrong; empty when nothing is. */
    public String detail() {
        return detail;
    }

    /** Returns whether that is news. */
    public boolean found(Health now, String sentence) {
        boolean isNews = health != now;
        health = now;
        detail = sentence;
        return isNews;
    }

    InputStream ask(String payload) throws IOException {
        return transport.perform(payload);
    }

    private static final class Transport extends HttpService {
        private final ChainSpans spans;

        Transport(String url, OkHttpClient http, ChainSpans spans) {
            super(url, http);
            this.spans = spans;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the overridden method has it
        public <T extends Response> T send(Request request, Class<T> type) throws IOException {
            return spans.around(request, () -> super.send(request, type));
        }

        InputStream perform(String payload) throws IOException {
            return performIO(payload);
        }
    }
}
