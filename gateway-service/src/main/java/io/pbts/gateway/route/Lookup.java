package io.pbts.gateway.route;

import java.util.Set;
import org.springframework.http.HttpMethod;

/** What the route table says about a method and a path. */
public sealed interface Lookup {
    record Found(PublicRoute route) implements Lookup {}

    record WrongMethod(Set<HttpMethod> allowed) implements Lookup {}

    record Unknown() implements Lookup {}
}
