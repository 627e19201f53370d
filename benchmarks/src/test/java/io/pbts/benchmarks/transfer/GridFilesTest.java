package io.pbts.benchmarks.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class GridFilesTest {
    private static final List<GridTable.Line> LINES = List.of(
            new GridTable.Line(
                    new Course(256 << 10, 1 << 30, 20_000_000),
                    "batch",
                    new Estimate(-0.5, 0.25, 1),
                    0.5,
                    250,
                    160_000),
            new GridTable.Line(new Course(256 << 10, 1 << 30, 0), "batch", new Estimate(1, 4, 7), 0.5, 64, 153_000));

    @Test
    void everyLineIsInTheTableForProgramsAndInTheOneForPapers() {
        assertThat(GridFiles.csv(LINES))
                .contains("20MBps,256KiB,batch,0.250,-0.500,1.000,0.500,250,160000")
                .hasLineCount(3);
        assertThat(GridFiles.latex(LINES))
                .contains("20MBps & 256KiB & batch & $0.25$ & $[-0.50, 1.00]$ & 250 & 160000 \\\\")
                .contains("% paper, figure 10");
    }

    @Test
    void thePlotIsADrawingWithALineForEachWayToSign() throws Exception {
        String svg = new LossPlot(LINES).svg();
        var drawing =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(svg).contains("unlimited").contains("20MBps");
    }
}
