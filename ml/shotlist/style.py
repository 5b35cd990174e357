"""How the contact sheet looks: plain, dark on light, and one page wide when it is printed."""

__all__ = ["STYLE"]

STYLE = """
:root{--ink:#1d2126;--soft:#6b7480;--line:#dde1e6;--back:#f5f6f8;--accent:#3566a8}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1280px;padding:24px;font:15px/1.45 system-ui,"Segoe UI","Noto Sans","Noto Sans SC",
"PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--back)}
h1{font-size:26px;margin:0 0 16px;overflow-wrap:anywhere}
h2{font-size:14px;color:var(--soft);font-weight:600;margin:20px 0 6px}
.numbers{display:flex;flex-wrap:wrap;gap:12px}
.numbers div{background:#fff;border:1px solid var(--line);border-radius:8px;padding:10px 16px}
.numbers b{display:block;font-size:20px;font-variant-numeric:tabular-nums}
.numbers span{color:var(--soft);font-size:13px}
.timeline{position:relative;height:34px;background:#e6e9ed;border-radius:6px;overflow:hidden}
.timeline a{position:absolute;top:0;bottom:0;border-right:2px solid #fff}
.timeline a:hover{filter:brightness(1.15)}
.shares{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:8px 32px}
.shares table{width:100%;border-collapse:collapse;font-size:13px}
.shares th{text-align:left;font-weight:400;white-space:nowrap;padding:2px 8px 2px 0;width:1%}
.shares td{padding:2px 0 2px 8px;text-align:right;white-space:nowrap;width:1%;font-variant-numeric:tabular-nums}
.shares td:nth-child(2){width:98%;padding:0}
.shares i{display:block;height:12px;border-radius:3px;min-width:2px}
.other{background:var(--accent)}
.size-extreme_wide{background:#1f4e79}.size-wide{background:#2e75b6}.size-full{background:#2a9d8f}
.size-medium{background:#e9b44c}.size-close_up{background:#e07a3f}.size-extreme_close_up{background:#b23a48}
.size-none{background:#aab2bd}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:16px;margin-top:24px}
article{background:#fff;border:1px solid var(--line);border-radius:8px;overflow:hidden;break-inside:avoid}
article:target{outline:3px solid var(--accent)}
article p{margin:8px 12px;overflow-wrap:anywhere}
article img,.empty{display:block;width:100%;aspect-ratio:16/9;object-fit:contain;background:#111}
.empty{color:#8d96a1;display:grid;place-items:center;font-size:13px}
.when{font-variant-numeric:tabular-nums;font-size:13px}
.when b{background:var(--ink);color:#fff;border-radius:4px;padding:1px 7px;margin-right:4px}
.when em{color:var(--soft);font-style:normal;float:right}
.name{color:var(--soft);font-size:12px}
.chips{display:flex;flex-wrap:wrap;gap:5px}
.chips span{font-size:12px;border-radius:10px;padding:1px 9px;background:#e4ecf7}
.chips .unsure{background:none;color:#98a1ac;border:1px dashed #c6ccd4}
footer{color:var(--soft);font-size:12px;margin-top:24px}
@media print{body{background:#fff;padding:0}.cards{grid-template-columns:repeat(3,1fr)}}
"""
