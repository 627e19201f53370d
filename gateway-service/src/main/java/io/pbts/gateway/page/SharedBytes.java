package io.pbts.gateway.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The body of many answers, once in memory. Sockets send it from where it is, so that a caller who does not take it costs
 * nothing; what lies in the heap they would copy for each.
 */
public final class SharedBytes {
    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

    private final ByteBuf bytes;

    private SharedBytes(ByteBuf bytes) {
        this.bytes = bytes;
    }

    /** A copy; its memory is free again when nobody refers to this any more. */
    public static SharedBytes of(byte[] content) {
        ByteBuffer copy = ByteBuffer.allocateDirect(content.length).put(content).flip();
        return new SharedBytes(
                Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(copy).asReadOnly()));
    }

    /** Whether these are the same bytes. */
    public boolean hold(byte[] content) {
        return bytes.equals(Unpooled.wrappedBuffer(content));
    }

    /** The answer begun, with this as its body. */
    public Mono<ServerResponse> answer(ServerResponse.BodyBuilder begun) {
        Mono<DataBuffer> body = Mono.fromSupplier(() -> BUFFERS.wrap(bytes.duplicate()));
        return begun.contentLength(bytes.readableBytes()).body(BodyInserters.fromDataBuffers(body));
    }
}
