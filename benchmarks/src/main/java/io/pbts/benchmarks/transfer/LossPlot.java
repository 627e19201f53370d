package io.pbts.benchmarks.transfer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Loss by rate with pieces of 256 KiB, a line for each way to sign, with intervals; a scalable drawing (SVG 1.1).
 *
 * @param lines of all courses; those with other pieces are left out
 */
record LossPlot(List<GridTable.Line> lines) {
    private static final String PIECE = "256KiB";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int TOP = 30;
    private static final int BOTTOM = 350;
    private static final int STEP = 110;
    private static final double MOST = 100;
    private static final List<String> COLOURS = List.of("#c0392b", "#e67e22", "#2980b9", "#27ae60");

    LossPlot {
        lines = lines.stream()
                .filter(line -> line.course().piece().equals(PIECE))
                .toList();
    }

    String svg() {
        List<String> rates =
                lines.stream().map(line -> line.course().rate()).distinct().toList();
        List<String> ways = lines.stream().map(GridTable.Line::way).distinct().toList();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n",
                WIDTH,
                HEIGHT));
        for (int percent = 0; percent <= MOST; percent += 20) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"20\" y=\"%.1f\">%d %%</text>\n",
                    LEFT,
                    WIDTH - 20,
                    y(percent),
                    y(percent),
                    y(percent) + 4,
                    percent));
        }
        for (int i = 0; i < rates.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>\n", x(i) - 25, BOTTOM + 20, rates.get(i)));
        }
        for (int i = 0; i < ways.size(); i++) {
            svg.append(way(ways.get(i), COLOURS.get(i % COLOURS.size()), rates, i));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"18\">loss of rate with receipts, pieces of 256 KiB; paper at 20 MB/s: more than 90 %%</text>\n",
                LEFT));
        return svg.append("</svg>\n").toString();
    }

    private String way(String way, String colour, List<String> rates, int number) {
        List<GridTable.Line> mine =
                lines.stream().filter(line -> line.way().equals(way)).toList();
        String points = mine.stream()
                .map(line -> String.format(
                        Locale.ROOT,
                        "%d,%.1f",
                        x(rates.indexOf(line.course().rate())),
                        y(line.loss().mean())))
                .collect(Collectors.joining(" "));
        StringBuilder drawn = new StringBuilder(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                points,
                colour));
        for (GridTable.Line line : mine) {
            int x = x(rates.indexOf(line.course().rate()));
            drawn.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                    x,
                    x,
                    y(line.loss().low()),
                    y(line.loss().high()),
                    colour));
        }
        return drawn.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
                        LEFT + 10 + number * 90,
                        HEIGHT - 8,
                        colour,
                        way))
                .toString();
    }

    private static int x(int rate) {
        return LEFT + 40 + rate * STEP;
    }

    private static double y(double percent) {
        return BOTTOM - (BOTTOM - TOP) * Math.clamp(percent, 0, MOST) / MOST;
    }
}
