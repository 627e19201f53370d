package io.pbts.gateway.page;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves files from the jar. */
public final class Pages {
    private static final Duration KEEP_FOR = Duration.ofHours(1);

    private Pages() {}

    /** An HTML page and what it may load. */
    public static RouterFunction<ServerResponse> page(String path, String resource, String policy) {
        var page = new ClassPathResource(resource);
        return RouterFunctions.route()
                .GET(path, request -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .header("Content-Security-Policy", policy)
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .bodyValue(page))
                .build();
    }

    /** The files directly in a folder. What the folder does not have, a later function may. */
    public static RouterFunction<ServerResponse> files(String pattern, ClassPathResource folder) {
        return RouterFunctions.resources(pattern, folder, (resource, headers) -> {
            headers.setCacheControl(CacheControl.maxAge(KEEP_FOR).cachePublic());
        });
    }

    static Mono<ServerResponse> file(Resource file) {
        return ServerResponse.ok()
                .contentType(MediaTypeFactory.getMediaType(file).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .cacheControl(CacheControl.maxAge(KEEP_FOR).cachePublic())
                .bodyValue(file);
    }
}
