package io.pbts.announce.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.support.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TorrentDetailsTest {

    @Test
    void spellsATagInOneWay() {
        assertThat(TorrentDetails.tags(List.of(" Data  Set ", "data_set", "ＬＬＭ", "c++", "", "Ä")))
                .containsExactly("c++", "data-set", "llm", "ä");
    }

    @Test
    void bounds() {
        List<String> many = IntStream.range(0, 17).mapToObj(i -> "t" + i).toList();
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> TorrentDetails.tags(many));
        assertThat(TorrentDetails.tags(many.subList(0, 16))).hasSize(16);
        for (String wrong : List.of("x".repeat(33), "-a", "a,b", "a/b", "*")) {
            assertThatExceptionOfType(Refusal.class).as(wrong).isThrownBy(() -> TorrentDetails.tags(List.of(wrong)));
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> TorrentDetails.of(null, null, "x".repeat(101)));
    }

    @Test
    void readsTheQueryOfAnUpload() {
        assertThat(TorrentDetails.ofQuery(null)).isEqualTo(TorrentDetails.NONE);
        assertThat(TorrentDetails.ofQuery("x=1&tags=a%2Cb&tags=c&licence=MIT&description=1%2B1+%C3%A4"))
                .isEqualTo(new TorrentDetails("1+1 ä", List.of("a", "b", "c"), Optional.of("MIT")));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> TorrentDetails.ofQuery("licence=%zz"));
    }
}
