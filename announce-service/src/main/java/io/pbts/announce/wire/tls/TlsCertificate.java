package io.pbts.announce.wire.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.pbts.announce.wire.tls.PemFiles.Identity;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest usable certificate of the tracker. Its files are looked at again and again and judged by what they hold, as
 * mounted secrets are: a changed pair that can be used serves the connections from then on, one that cannot is logged once,
 * and the last one goes on. Connections keep what they began with.
 */
public final class TlsCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

    /** RFC 8996 ended the older ones. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final int CLOSE_SECONDS = 1;

    private final TlsProperties properties;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls-files").factory());

    /** Signing and agreeing on keys takes a millisecond or so: not where all other connections are served. */
    private final ExecutorService handshakes;

    private volatile SslContext current;
    private PemFiles seen;
    private String complaint = "";

    private TlsCertificate(TlsProperties properties, int threads) {
        this.properties = properties;
        seen = PemFiles.read(properties);
        current = contextOf(seen.identity());
        handshakes = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("tls-handshakes-", 0).factory());
    }

    /**
     * Reads the files and begins to look for changes.
     *
     * @param threads that make handshakes
     * @throws TlsUnusable when they are not there or cannot be used
     */
    public static TlsCertificate load(TlsProperties properties, int threads) {
        Renegotiation.refuse();
        var certificate = new TlsCertificate(properties, threads);
        long pause = properties.look().toMillis();
        ScheduledFuture<?> untilClosed =
                certificate.looking.scheduleWithFixedDelay(certificate::look, pause, pause, TimeUnit.MILLISECONDS);
        if (untilClosed.isDone()) {
            throw new IllegalStateException("closed");
        }
        return certificate;
    }

    /** What encrypts one new connection. */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = current.newHandler(allocator, handshakes);
        handler.setHandshakeTimeoutMillis(properties.handshakeTimeout().toMillis());
        handler.setCloseNotifyFlushTimeout(CLOSE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    /** One look at the files now. It never throws: an executor drops a task that does. */
    private synchronized void look() {
        try {
            PemFiles found = PemFiles.read(properties);
            if (!found.equals(seen)) {
                seen = found;
                current = contextOf(found.identity());
            }
            complaint = "";
        } catch (RuntimeException unusable) {
            String reason = unusable instanceof TlsUnusable
                    ? String.valueOf(unusable.getMessage())
                    : unusable.getClass().getSimpleName();
            if (!reason.equals(complaint)) {
                LOG.error("event=tls_certificate_unusable reason=\"{}\" using=\"the last one\"", reason);
            }
            complaint = reason;
        }
    }

    private static SslContext contextOf(Identity identity) {
        X509Certificate first = identity.chain().getFirst();
        try {
            SslContext context = SslContextBuilder.forServer(identity.key(), identity.chain())
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .build();
            LOG.info(
                    "event=tls_certificate_read subject=\"{}\" serial={} ends={}",
                    first.getSubjectX500Principal(),
                    first.getSerialNumber().toString(16),
                    first.getNotAfter().toInstant());
            return context;
        } catch (SSLException | IllegalArgumentException refused) {
            throw new TlsUnusable("the certificate or its key is not of a kind that can be used");
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        handshakes.shutdown();
    }
}
