package io.pbts.support;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts the bytes of every body while they arrive and stops at the limit, whatever Content-Length says. Also reads the
 * content type that curl sends by default ({@code application/x-www-form-urlencoded}), or none, as JSON: the originals'
 * documents post JSON that way and no route takes a form.
 */
final class BodyFilter extends OncePerRequestFilter {
    private final BodyProperties properties;

    BodyFilter(BodyProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = properties.limitOf(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            refuse(request, response, limit);
            return;
        }
        chain.doFilter(new BoundedRequest(request, limit), response);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, long limit)
            throws IOException {
        String sentence = String.valueOf(new BodyTooLarge(limit).getMessage());
        boolean problem = request.getRequestURI().startsWith("/api/");
        String body = problem ? """
                {"type":"urn:pbts:problem:body-too-large","title":"Content Too Large","status":413,"detail":"%s",\
                "code":"body-too-large"}""".formatted(sentence) : """
                {"success":false,"error":"%s"}""".formatted(sentence);
        response.setStatus(413);
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static final class BoundedRequest extends HttpServletRequestWrapper {
        private final long limit;
        private @Nullable ServletInputStream body;

        BoundedRequest(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream opened = body;
            if (opened == null) {
                opened = new BoundedInput(super.getInputStream(), limit);
                body = opened;
            }
            return opened;
        }

        @Override
        public @Nullable String getContentType() {
            String sent = super.getContentType();
            boolean jsonInDisguise =
                    sent == null || sent.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0, 33);
            return jsonInDisguise && "POST".equals(getMethod()) ? MediaType.APPLICATION_JSON_VALUE : sent;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? getContentType() : super.getHeader(name);
        }

        @Override
        public java.util.Enumeration<String> getHeaders(String name) {
            String type = HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? getContentType() : null;
            return type == null ? super.getHeaders(name) : java.util.Collections.enumeration(java.util.List.of(type));
        }
    }

    private static final class BoundedInput extends ServletInputStream {
        private final ServletInputStream source;
        private final long limit;
        private long read;

        BoundedInput(ServletInputStream source, long limit) {
            this.source = source;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = source.read(into, offset, length);
            count(Math.max(got, 0));
            return got;
        }

        private void count(int bytes) throws IOException {
            read += bytes;
            if (read > limit) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
