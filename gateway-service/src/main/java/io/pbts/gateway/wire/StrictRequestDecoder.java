package io.pbts.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.Consumer;

/** Looks at what the codec takes for a head, and makes a failure of what it should not have taken. */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private final Consumer<HttpMethod> asked;
    private RequestHead head = new RequestHead();
    private boolean inHead = true;
    private boolean chunked;
    private ChunkLines chunks = new ChunkLines();
    private boolean refused;

    StrictRequestDecoder(HttpDecoderConfig config, Consumer<HttpMethod> asked) {
        super(config);
        this.asked = asked;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (refused) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        int from = buffer.readerIndex();
        int before = out.size();
        super.decode(context, buffer, out);
        if (inHead) {
            head.read(buffer, from, buffer.readerIndex());
        } else if (chunked && !chunks.accept(buffer, from, buffer.readerIndex())) {
            refuse(out, before, true, "a chunked body with lines that are none");
        }
        for (int at = before; at < out.size() && !refused; at++) {
            seen(out, at);
        }
    }

    private void seen(List<Object> out, int at) {
        Object message = out.get(at);
        if (message instanceof HttpRequest request) {
            asked.accept(request.method());
            inHead = false;
            chunked = HttpUtil.isTransferEncodingChunked(request);
            chunks = new ChunkLines();
            if (request.decoderResult().isSuccess()) {
                head.fault().ifPresent(fault -> refuse(out, at, false, fault));
            }
        }
        if (message instanceof LastHttpContent) {
            head = new RequestHead();
            inHead = true;
        }
    }

    /** Nothing that follows on this connection can be told apart from what was refused. */
    private void refuse(List<Object> out, int at, boolean inBody, String fault) {
        refused = true;
        List<Object> rest = out.subList(at, out.size());
        rest.forEach(ReferenceCountUtil::release);
        rest.clear();
        var failure = DecoderResult.failure(new IllegalArgumentException(fault));
        HttpObject bad = inBody ? new DefaultLastHttpContent() : createInvalidMessage();
        bad.setDecoderResult(failure);
        out.add(bad);
    }
}
