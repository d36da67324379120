package dev.andon.report;

/** How a report looks, on light and dark screens and on paper. */
final class Style {
    static final String CSS = """
            :root{color-scheme:light dark;--bg:#fff;--fg:#1c2430;--dim:#5c6773;--line:#d8dee5;--soft:#f4f6f8;
            --halt:#c62828;--hold:#b26a00;--clear:#2e7d32;--us:#e8f1fb}
            @media(prefers-color-scheme:dark){:root{--bg:#12161c;--fg:#e3e8ee;--dim:#98a4b1;--line:#2c3540;--soft:#1a2029;
            --halt:#ff6b6b;--hold:#ffb74d;--clear:#81c784;--us:#16283b}}
            *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
            main{max-width:980px;margin:0 auto;padding:24px 16px 80px}h1{font-size:26px;margin:0}h2{font-size:19px;margin:40px 0 8px}
            h3{font-size:16px;margin:0 0 4px}.sub,small,.rules,.others,.legend{color:var(--dim)}small{font-weight:400;font-size:12.5px}
            td small{display:block}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin-top:20px}
            .tile{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:14px}.tile b{display:block;font-size:26px;line-height:1.2}
            .tile span{color:var(--dim);font-size:13px}.tile.warn b{color:var(--halt)}.wide{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:6px 10px;border-bottom:1px solid var(--line);vertical-align:top;
            overflow-wrap:anywhere}th{color:var(--dim);font-weight:600;white-space:nowrap}tr.us td{background:var(--us);font-weight:600}
            .bars{width:300px}.bars svg{width:300px;height:14px;display:block}.bg{fill:var(--soft)}.bh{fill:var(--halt)}.bo{fill:var(--hold)}
            .v{display:inline-block;font-weight:700;font-size:12px;padding:0 7px;border-radius:9px;border:1px solid currentColor}
            .v.HALT{color:var(--halt)}.v.HOLD,.v.ALARM{color:var(--hold)}.v.CLEAR{color:var(--clear)}.v.none{color:var(--dim);font-weight:400}
            article{border:1px solid var(--line);border-radius:8px;padding:16px;margin:16px 0}article svg{width:100%;height:auto;display:block;margin-top:6px}
            .signals{padding-left:0;list-style:none}.signals li{margin:12px 0}time{color:var(--dim);font-variant-numeric:tabular-nums}
            .e{margin:6px 0;font-size:13px}.miss{color:var(--halt);font-weight:600}a{color:inherit}
            .l{fill:none;stroke-width:1.6}.g{stroke:var(--line)}.a{font-size:12px;font-weight:600}text{fill:var(--fg);font-family:inherit}
            .n,.x{font-size:11px;fill:var(--dim)}.n{text-anchor:end}.t{font-size:11px;font-weight:700}.m{stroke-width:1.5}
            line.onset{stroke:var(--dim);stroke-dasharray:5 3}text.onset{fill:var(--dim)}line.HALT{stroke:var(--halt)}text.HALT{fill:var(--halt)}
            line.HOLD{stroke:var(--hold)}text.HOLD{fill:var(--hold)}line.rule{stroke:var(--dim);stroke-dasharray:1 4}.dose{stroke:#5e7ce0;stroke-width:2}
            .c0{stroke:#d1495b}.c1{stroke:#2f7fd1}.c2{stroke:#2a9d78}.c3{stroke:#a05fc4}.c4{stroke:#c98a1b}.c5{stroke:#6b7785}
            .k{margin-right:12px;font-size:13px}.k::before{content:"";display:inline-block;width:14px;height:3px;margin:0 5px 3px 0;background:currentColor}
            .k.c0::before{background:#d1495b}.k.c1::before{background:#2f7fd1}.k.c2::before{background:#2a9d78}.k.c3::before{background:#a05fc4}
            .k.c4::before{background:#c98a1b}.k.c5::before{background:#6b7785}
            @media print{article{break-inside:avoid}}
            """;

    private Style() {}
}
