package io.pbts.receipt.facts;

import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What receipts may be signed for: where this tracker settles, and where it did until lately.
 *
 * @param current what a receipt is taken to be signed for that says nothing
 * @param earlier the last one first
 */
public record SigningPlaces(Deployment current, List<Deployment> earlier) {
    public SigningPlaces {
        earlier = List.copyOf(earlier);
    }

    public static SigningPlaces only(Deployment current) {
        return new SigningPlaces(current, List.of());
    }

    /** The place of a domain; empty when it is none of ours, or has not been for longer than a receipt counts. */
    public Optional<Deployment> of(ReceiptDomain domain) {
        return Stream.concat(Stream.of(current), earlier.stream())
                .filter(place -> place.domain().equals(domain))
                .findFirst();
    }

    /** For which a receipt must be signed that states this; a stated one that is not ours stays not ours. */
    public ReceiptDomain meant(Optional<ReceiptDomain> stated) {
        return stated.flatMap(this::of).orElse(current).domain();
    }
}
