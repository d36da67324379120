package dev.andon.http.report;

/** How a report looks, on a screen and on paper. */
final class ReportStyle {
    static final String CSS = """
            :root { color-scheme: light; }
            body { margin: 0; background: #f6f7f9; color: #1a2027; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
            main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
            h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
            h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
            .quiet, dt, th { color: #56616d; font-weight: 400; }
            .reason { padding: .8rem 1rem; background: #fff; border-left: 4px solid #b3261e; border-radius: 6px; }
            dl { display: flex; flex-wrap: wrap; gap: .6rem 2rem; }
            dt { font-size: .8rem; }
            dd { margin: 0; font-weight: 600; }
            figure { margin: 0 0 .8rem; padding: .8rem; background: #fff; border: 1px solid #dde2e8; border-radius: 8px; }
            figcaption { font-weight: 600; font-size: .9rem; }
            table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid #dde2e8; }
            th, td { min-width: 5.5rem; padding: .4rem .7rem; border-bottom: 1px solid #dde2e8; text-align: left; vertical-align: top; }
            svg { width: 100%; height: auto; font-size: 11px; }
            svg text { fill: #56616d; }
            .grid { stroke: #e4e8ec; }
            .one, .two { fill: none; stroke-width: 1.8; }
            .one { stroke: #0f62ab; }
            .two { stroke: #c2570c; }
            .band { fill: #4a7fc1; fill-opacity: .17; stroke: #4a7fc1; stroke-width: .8; }
            .onset { fill: #b3261e; fill-opacity: .15; }
            .key { stroke-width: 3; }
            .mark { stroke-width: 1.5; }
            .mark.stop { stroke: #b3261e; }
            .mark.wait { stroke: #855300; }
            .mark.fine { stroke: #1b6b37; }
            svg text.stop { fill: #b3261e; font-weight: 600; }
            svg text.wait { fill: #855300; font-weight: 600; }
            svg text.fine { fill: #1b6b37; font-weight: 600; }
            @media print { body { background: #fff; } figure, tr { break-inside: avoid; } }
            """;

    private ReportStyle() {}
}
