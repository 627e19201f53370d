package io.pbts.contract.chain;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Service;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/** The configured nodes, and which of them is asked now. Nothing is asked before a node was looked at and found good. */
public final class Endpoints {
    private final ChainSpans spans;
    private final List<Endpoint> all;
    private volatile @Nullable Endpoint current;

    Endpoints(List<String> urls, OkHttpClient http, ChainSpans spans) {
        this.spans = spans;
        this.all = IntStream.range(0, urls.size())
                .mapToObj(n -> new Endpoint(n + 1, urls.get(n), http, spans))
                .toList();
    }

    /** In the order of the configuration. */
    public List<Endpoint> all() {
        return all;
    }

    public Optional<Endpoint> current() {
        return Optional.ofNullable(current);
    }

    /** From now on this one is asked. */
    public void use(Endpoint endpoint) {
        current = endpoint;
    }

    /** From now on none is. */
    public void useNone() {
        current = null;
    }

    /** What web3j sends goes to the current one, whichever that is at the time. */
    Service service() {
        return new Service(false) {
            @Override
            @SuppressWarnings("rawtypes") // as the overridden method has it
            public <T extends Response> T send(Request request, Class<T> type) throws IOException {
                return spans.around(request, () -> super.send(request, type));
            }

            @Override
            protected InputStream performIO(String payload) throws IOException {
                Endpoint asked = current;
                if (asked == null) {
                    throw new IOException("no node is fit to be asked");
                }
                return asked.ask(payload);
            }

            @Override
            public void close() {}
        };
    }
}
