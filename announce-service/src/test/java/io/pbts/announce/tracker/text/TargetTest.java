package io.pbts.announce.tracker.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /announce                        , ANNOUNCE, '', ''
                    /announce?a=b                    , ANNOUNCE, '', a=b
                    /announce?a=/b?c                 , ANNOUNCE, '', a=/b?c
                    /scrape?                         , SCRAPE, '', ''
                    /key/announce?x                  , ANNOUNCE, key, x
                    /key/scrape                      , SCRAPE, key, ''
                    /announce/key?x                  , ANNOUNCE, key, x
                    /scrape/key                      , SCRAPE, key, ''
                    /announce/                       , ANNOUNCE, '', ''
                    //announce                       , ANNOUNCE, '', ''
                    /announce/scrape                 , ANNOUNCE, scrape, ''
                    http://host:1/key/announce?x     , ANNOUNCE, key, x
                    http://host                      , OTHER, '', ''
                    announce                         , OTHER, '', ''
                    /                                , OTHER, '', ''
                    ''                               , OTHER, '', ''
                    ?info_hash=x                     , OTHER, '', info_hash=x
                    /Announce                        , OTHER, '', ''
                    /announces                       , OTHER, '', ''
                    /key/announce/                   , OTHER, '', ''
                    /a/b/announce                    , OTHER, '', ''
                    /announce/a/b                    , OTHER, '', ''
                    *                                , OTHER, '', ''
                    """)
    void readsPathKeyAndQuery(String text, Target.Kind kind, String key, String query) {
        byte[] bytes = ("GET " + text + " HTTP/1.1").getBytes(ISO_8859_1);
        int end = 4 + text.length();
        var target = new Target();
        target.read(bytes, 4, end);
        assertThat(target.kind()).isEqualTo(kind);
        assertThat(new String(bytes, target.keyFrom(), target.keyTo() - target.keyFrom(), ISO_8859_1))
                .isEqualTo(key);
        assertThat(target.hasKey()).isEqualTo(!key.isEmpty());
        assertThat(new String(bytes, target.queryFrom(), end - target.queryFrom(), ISO_8859_1))
                .isEqualTo(query);
    }
}
