package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.ledger.Coalition.Terms;
import io.pbts.receipt.policy.CollusionBound;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/**
 * Rings and stars against the real ledger: what they gain is at most what {@link CollusionBound} says, for every seed. One
 * day passes, so that a pair has its cap once; a seed is the order in which they sign for each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollusionSimulationTest {
    private static final int PAIR_CAP = 2; // all in pieces of 1 MiB
    private static final long CATALOGUE = 4096;
    private static final int HONEST = 2100;

    private World world;
    private LedgerFixture capped;
    private LedgerFixture uncapped;
    private List<Peer> honest;

    @BeforeAll
    void start() {
        world = World.create();
        capped = new LedgerFixture(world, 4, 3, DataSize.ofMegabytes(PAIR_CAP));
        uncapped = new LedgerFixture(world, 4, 3);
        honest = Coalition.newcomers(world, HONEST, 0);
    }

    @AfterAll
    void stop() {
        capped.close();
        uncapped.close();
        world.close();
    }

    /**
     * Everyone signs for everyone, as greedily as the ledger lets them. This attains the bound but for what is less than a
     * piece, where the pair caps limit the washing and not the catalogue: what a ring washes of the catalogue it cannot take.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 2, 0.5",
        "2, 2, 0.75",
        "3, 2, 1",
        "1, 5, 0.5",
        "2, 5, 0.75",
        "3, 5, 1",
        "4, 5, 0.3333",
        "1, 20, 0.5",
        "2, 20, 0.75",
        "3, 20, 1",
        "1, 50, 0.5",
        "2, 50, 0.75"
    })
    void aRingGainsWhatTheBoundSaysAndNoMore(long seed, int size, String minRatio) {
        var terms = terms(minRatio, 2, 1);
        Coalition ring = coalition(capped, terms, size);
        List<int[]> pairs = pairs(size, PAIR_CAP);
        washGreedily(ring, pairs, new Random(seed));
        long washed = ring.washed();
        pairs(size, 1).subList(0, 2).forEach(pair -> ring.washOverTheCap(pair[0], pair[1]));
        ring.takeAll();

        long bound = bound(terms, CATALOGUE).gainBytes(size, 1).orElseThrow().longValueExact();
        assertThat(ring.gain()).as("gained").isLessThanOrEqualTo(bound).isGreaterThan(bound - (long) size * MIB);
        assertThat(ring.gain()).as("not vacuous").isGreaterThanOrEqualTo(bound / 2);
        assertThat(washed).as("washed").isEqualTo(pairs.size() * MIB).isEqualTo(ring.washed());
        assertThat(ring.overTheCap()).isEqualTo(2);
    }

    /** Taking in between changes nothing: a ring that takes first has less to wash with, never more. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aRingThatTakesInBetweenGainsNoMore(long seed) {
        var random = new Random(seed);
        var terms = terms("0.5", 2, 1);
        int size = 2 + random.nextInt(8);
        Coalition ring = coalition(capped, terms, size);
        List<int[]> pairs = pairs(size, PAIR_CAP);
        Collections.shuffle(pairs, random);
        for (int[] pair : pairs) {
            if (random.nextInt(3) == 0) {
                ring.take(random.nextInt(size));
            }
            ring.wash(pair[0], pair[1]);
        }
        ring.takeAll();
        assertThat(BigInteger.valueOf(ring.gain()))
                .isPositive()
                .isLessThanOrEqualTo(bound(terms, CATALOGUE).gainBytes(size, 1).orElseThrow());
    }

    /**
     * Sybils give all they may to one centre, and then everybody takes. A star cannot attain the bound, which lets every
     * ordered pair wash: it uses n of the n(n + 1). What it can attain it does, to the piece.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1000})
    void aStarGainsWhatItsRaysCarryAndStaysBelowTheBound(int sybils) {
        var terms = terms("0.5", 2, 1);
        Coalition star = coalition(capped, terms, sybils + 1);
        for (int round = 0; round < PAIR_CAP; round++) {
            for (int sybil = 1; sybil <= sybils; sybil++) {
                assertThat(star.wash(0, sybil)).isTrue();
            }
        }
        star.takeAll();
        long perIdentity = 6; // (C + O) / r
        long centre = perIdentity + 2L * PAIR_CAP * sybils;
        assertThat(star.gain()).isEqualTo((centre + sybils * (perIdentity - (long) PAIR_CAP)) * MIB);
        long bound =
                bound(terms, CATALOGUE).gainBytes(sybils + 1, 1).orElseThrow().longValueExact();
        assertThat(star.gain()).isLessThanOrEqualTo(bound);
        if (sybils == 1) {
            assertThat(star.gain()).as("not vacuous").isGreaterThanOrEqualTo(bound / 2);
        }
    }

    /** Where the catalogue is what limits, the bound is not attained: a piece that was washed cannot be taken as well. */
    @Test
    void aRingThatWashesTheWholeCatalogueStaysBelowTheBound() {
        var terms = terms("0.5", 2, 1);
        Coalition ring = coalition(uncapped, terms, 3);
        int catalogue = 8;
        washGreedily(ring, pairs(3, catalogue / 2), new Random(21));
        assertThat(ring.washed()).isEqualTo(3L * catalogue * MIB);
        long bound = new CollusionBound(
                        new BigDecimal("0.5"), 2 * MIB, MIB, 1L << 40, BigInteger.valueOf(catalogue * MIB), 1)
                .gainBytes(3, 1)
                .orElseThrow()
                .longValueExact();
        for (int member = 0; member < ring.size(); member++) {
            for (int piece = 0; piece < catalogue; piece++) {
                ring.takeAgain(member, piece);
            }
        }
        ring.flush();
        assertThat(ring.gain()).isLessThan(bound).isZero();
    }

    @Test
    void aboveARatioOfOneWashingOnlyCosts() {
        var terms = terms("2", 8, 4);
        Coalition idle = coalition(capped, terms, 4);
        idle.takeAll();
        Coalition ring = coalition(capped, terms, 4);
        washGreedily(ring, pairs(4, PAIR_CAP), new Random(41));
        ring.takeAll();
        BigInteger bound = bound(terms, CATALOGUE).gainBytes(4, 1).orElseThrow();
        assertThat(BigInteger.valueOf(idle.gain())).isEqualTo(bound);
        assertThat(ring.gain()).isLessThan(idle.gain());
    }

    @Test
    void withoutThePairCapARingGainsMoreThanTheCappedBound() {
        var terms = terms("0.5", 2, 1);
        Coalition ring = coalition(uncapped, terms, 5);
        washGreedily(ring, pairs(5, 4 * PAIR_CAP), new Random(31));
        ring.takeAll();
        CollusionBound withCap = bound(terms, CATALOGUE);
        assertThat(BigInteger.valueOf(ring.gain()))
                .isGreaterThan(withCap.gainBytes(5, 1).orElseThrow())
                .isLessThanOrEqualTo(withCap.gainBytes(5, 4).orElseThrow());
    }

    /** Goes through the pairs in the seed's order, again and again, until nobody can sign for anything more. */
    private static void washGreedily(Coalition ring, List<int[]> pairs, Random order) {
        Collections.shuffle(pairs, order);
        List<int[]> open = pairs;
        int before;
        do {
            before = open.size();
            List<int[]> later = new ArrayList<>();
            for (int[] pair : open) {
                if (!ring.wash(pair[0], pair[1])) {
                    later.add(pair);
                }
            }
            open = later;
        } while (!open.isEmpty() && open.size() < before);
        ring.flush();
        assertThat(open).as("pairs that never got to sign").isEmpty();
    }

    private Coalition coalition(LedgerFixture fixture, Terms terms, int size) {
        world.sql("select reputation.set_policy(%s, %d)".formatted(terms.minRatio(), terms.bytes(terms.overdraft())));
        return new Coalition(fixture, terms, Coalition.newcomers(world, size, terms.bytes(terms.credit())), honest);
    }

    private static Terms terms(String minRatio, long credit, long overdraft) {
        return new Terms(minRatio, credit, overdraft, PAIR_CAP);
    }

    private static CollusionBound bound(Terms terms, long catalogue) {
        return new CollusionBound(
                new BigDecimal(terms.minRatio()),
                terms.bytes(terms.credit()),
                terms.bytes(terms.overdraft()),
                terms.bytes(terms.pairCap()),
                BigInteger.valueOf(terms.bytes(catalogue)),
                1);
    }

    /** Every ordered pair so many times. */
    private static List<int[]> pairs(int size, int times) {
        List<int[]> pairs = new ArrayList<>();
        for (int round = 0; round < times; round++) {
            for (int sender = 0; sender < size; sender++) {
                for (int receiver = 0; receiver < size; receiver++) {
                    if (sender != receiver) {
                        pairs.add(new int[] {sender, receiver});
                    }
                }
            }
        }
        return pairs;
    }
}
