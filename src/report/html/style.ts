import { harmScale } from './interval.js'

const ZERO = `${harmScale(0).toFixed(2)}%`
const MARGIN = `${harmScale(1).toFixed(2)}%`

/** The page’s looks: light and dark, wide and narrow, and on paper. Its hash stands in the page’s policy. */
export const style = `
:root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1a1d21;--soft:#59616b;--line:#dfe2e6;--grid:#e9ebee;--a:#6b7684;--b:#2f62c9;
--pass:#146c39;--fail:#b3261e;--open:#8a5a00;--quiet:#59616b;--error:#7b2fa8;--pass-bg:#e5f4ea;--fail-bg:#fce9e7;--open-bg:#fff3d6;--quiet-bg:#eef0f2;--error-bg:#f3e8fb;
--del:#ffd9d5;--ins:#cdeed8;--zone:#b3261e0d;--link:#1d4fb0}
@media(prefers-color-scheme:dark){:root{--bg:#121417;--card:#1a1d21;--ink:#e8eaed;--soft:#a3abb5;--line:#30353c;--grid:#292e34;--a:#98a2af;--b:#7aa5ff;
--pass:#63c98b;--fail:#ff8a80;--open:#f0bd55;--quiet:#a3abb5;--error:#d3a1f5;--pass-bg:#14301f;--fail-bg:#3a1a18;--open-bg:#352a10;--quiet-bg:#262b31;--error-bg:#2d1b3a;
--del:#5c2420;--ins:#174a2b;--zone:#ff8a8012;--link:#8fb4ff}}
*{box-sizing:border-box}
html{scroll-padding-top:7rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
[hidden]{display:none!important}
.wrap{max-width:76rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--b);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:9}
header.verdict{border-top:8px solid var(--quiet);padding:1.5rem 0 1.25rem}
header.pass{border-color:var(--pass)}header.fail{border-color:var(--fail)}header.inconclusive{border-color:var(--open)}header.error{border-color:var(--error)}
.tool{margin:0;color:var(--soft);font-size:.85rem}
h1{margin:.1rem 0 .4rem;line-height:1.1;display:flex;align-items:baseline;gap:.9rem;flex-wrap:wrap}
.word{font-size:2.6rem;letter-spacing:.02em;text-transform:uppercase}.exit{font-size:1rem;font-weight:400;color:var(--soft)}
.pass .word{color:var(--pass)}.fail .word{color:var(--fail)}.inconclusive .word{color:var(--open)}.error .word{color:var(--error)}
.why{font-size:1.12rem;max-width:62rem;margin:.2rem 0 .8rem;overflow-wrap:anywhere}
.relaxed{border-left:4px solid var(--open);padding:.2rem .8rem;margin:.4rem 0;background:var(--open-bg);overflow-wrap:anywhere}
h2.ways{font-size:1rem;margin:.6rem 0 .2rem}.verdict ol{margin:.2rem 0 .8rem;padding-left:1.4rem}
.arms{margin:.9rem 0 0;color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}.arms b{color:var(--ink);font-weight:500}
.chips{margin:.6rem 0 0;display:flex;gap:.5rem;flex-wrap:wrap}
.chip{font:inherit;font-size:.9rem;color:var(--quiet);background:var(--quiet-bg);border:1px solid transparent;border-radius:99px;padding:.2rem .8rem;cursor:pointer}
.chip[disabled]{cursor:default;opacity:.75}.chip:not([disabled]):hover{border-color:currentColor}.chip[aria-pressed=true]{border-color:currentColor;box-shadow:inset 0 0 0 1px currentColor}
.chip.pass{color:var(--pass);background:var(--pass-bg)}.chip.fail{color:var(--fail);background:var(--fail-bg)}.chip.inconclusive{color:var(--open);background:var(--open-bg)}
nav{background:var(--card);border-block:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;padding-block:.45rem}
nav a{text-decoration:none;font-size:.92rem;display:inline-block;padding:.15rem 0}nav a:hover{text-decoration:underline}
.filters{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;margin:1rem -1.25rem 0;padding:.55rem 1.25rem;background:var(--bg);border-bottom:1px solid var(--line);font-size:.9rem}
.filters label{display:flex;align-items:center;gap:.4rem;color:var(--soft);min-width:0}
select,button[type=reset]{font:inherit;font-size:.9rem;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.25rem .5rem;max-width:16rem}
output{color:var(--soft)}
section{margin:2.2rem 0}
h2{font-size:1.4rem;margin:0 0 .3rem;line-height:1.25}h3{font-size:1.1rem;margin:0 0 .2rem}
.lead{color:var(--soft);max-width:62rem;margin:.1rem 0 .9rem}
.note{color:var(--soft);font-size:.88rem;margin:.4rem 0}
.sub{display:block;color:var(--soft);font-size:.82rem;font-weight:400}.sub.inline{display:inline}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.42rem .7rem;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.82rem;color:var(--soft);font-weight:600;vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:400;overflow-wrap:anywhere;min-width:5.5rem}.scroll .small tbody th{overflow-wrap:break-word}
.num{text-align:right;white-space:nowrap}
.num .sub{white-space:nowrap}
.forest th[scope=row]{min-width:13rem;max-width:24rem}.forest .m{font-weight:600}.forest .m.t{font-weight:400;padding-left:1rem}
.group th{background:var(--quiet-bg);font-weight:600;font-size:.88rem;padding-block:.3rem}
.meant{margin:0;font-size:.82rem;color:var(--soft)}.meant summary{padding:0}
.others{margin-top:1rem}
.more td{color:var(--soft);font-size:.86rem}
.plot{width:34%;min-width:15rem;padding-inline:.2rem}
svg.iv,svg.own{display:block;width:100%;height:18px;overflow:visible}
.findings svg.iv{min-width:13rem}.findings td:nth-child(n+5){text-align:right;white-space:nowrap}td.pass{color:var(--pass)}td.fail{color:var(--fail)}td.inconclusive{color:var(--open)}
td>svg.iv{background:linear-gradient(var(--soft),var(--soft)) ${ZERO} 0/1.5px 18px no-repeat,repeating-linear-gradient(var(--fail) 0 3px,transparent 3px 6px) ${MARGIN} 0/1.5px 18px no-repeat,linear-gradient(90deg,transparent ${MARGIN},var(--zone) ${MARGIN})}
svg.iv line,svg.own line{stroke:var(--quiet);stroke-width:2.5}svg.iv circle,svg.own circle{fill:var(--quiet);stroke:var(--card);stroke-width:1}
svg.pass line{stroke:var(--pass)}svg.pass circle{fill:var(--pass)}svg.fail line{stroke:var(--fail)}svg.fail circle{fill:var(--fail)}svg.inconclusive line{stroke:var(--open)}svg.inconclusive circle{fill:var(--open)}
svg.own line.zero{stroke:var(--soft);stroke-width:1.5}svg.own line.tolerated{stroke:var(--fail);stroke-width:1.5;stroke-dasharray:3 3}
svg.axis text{font-size:11px;fill:var(--soft);text-anchor:middle;font-weight:400}svg.iv.axis text:last-child{text-anchor:end}
.badge{display:inline-block;font-size:.8rem;font-weight:600;border-radius:4px;padding:.05rem .45rem;color:var(--quiet);background:var(--quiet-bg)}
.badge.pass{color:var(--pass);background:var(--pass-bg)}.badge.fail{color:var(--fail);background:var(--fail-bg)}.badge.inconclusive{color:var(--open);background:var(--open-bg)}
.detector{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.2rem;margin:1rem 0}
.detector h3 .sub{display:inline;margin-left:.6rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1.2rem}
figure{margin:0;min-width:0}figure.wide{grid-column:1/-1}
figcaption{margin-bottom:.4rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}
svg.diagram,svg.histogram{display:block;width:100%;height:auto;max-width:26rem}
.grid{stroke:var(--grid);stroke-width:1}.ideal{stroke:var(--soft);stroke-dasharray:4 3}
.diagram .curve{fill:none;stroke-width:1.5;opacity:.6}
.baseline .curve{stroke:var(--a)}.tuned .curve{stroke:var(--b)}.diagram.baseline circle{fill:var(--a)}.diagram.tuned circle{fill:var(--b)}.diagram circle{fill-opacity:.8}
svg text{font:11px system-ui,sans-serif;fill:var(--soft)}svg text.name{font-size:12px;font-weight:600;fill:var(--ink)}
.mid{text-anchor:middle}.end{text-anchor:end}
.a{fill:var(--a);background:var(--a)}.b{fill:var(--b);background:var(--b)}
svg .rr{fill:var(--pass)}svg .rw{fill:var(--fail)}svg .wr{fill:var(--b)}svg .ww{fill:var(--a)}.key.rr{background:var(--pass)}.key.rw{background:var(--fail)}.key.wr{background:var(--b)}.key.ww{background:var(--a)}
.legend{margin:.1rem 0 .3rem;font-size:.84rem;color:var(--soft)}.key{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.15em}.legend .key+.key{margin-left:.8em}
.small{font-size:.88rem}.small th,.small td{padding:.3rem .55rem}.small caption{text-align:left;color:var(--soft);padding:.4rem .5rem 0}
svg.trend{display:block;width:100%;height:132px;overflow:visible;background:linear-gradient(var(--grid),var(--grid)) 0 112px/100% 1px no-repeat}
.trend .first{fill:var(--fail);opacity:.09}.trend .zero{stroke:var(--soft)}.trend .tolerated{stroke:var(--fail);stroke-dasharray:3 3}.trend .path{stroke:var(--line);stroke-width:1.5}
.trend g line{stroke:var(--quiet);stroke-width:2.5}.trend g circle{fill:var(--quiet);stroke:var(--card);stroke-width:1}.trend g.pass line{stroke:var(--pass)}.trend g.pass circle{fill:var(--pass)}.trend g.fail line{stroke:var(--fail)}.trend g.fail circle{fill:var(--fail)}.trend g.inconclusive line{stroke:var(--open)}.trend g.inconclusive circle{fill:var(--open)}
td.bar,th.bar{width:38%;min-width:7rem}svg.bars{display:block;width:100%;height:18px;background:linear-gradient(var(--grid),var(--grid)) 0 17px/100% 1px no-repeat}
details{margin:.5rem 0}summary{cursor:pointer;padding:.2rem 0}
.detector>details{margin-top:1rem;color:var(--soft)}
.examples,.all{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:.3rem .9rem}
.card{border-top:1px solid var(--line);padding:.7rem 0}.case{margin:0 0 .3rem}.detail{margin:0 0 .4rem;color:var(--soft)}
.case,.detail,.place{overflow-wrap:anywhere}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.side{min-width:0}.side .head{margin:0 0 .2rem;font-size:.86rem;color:var(--soft)}.side .head b{color:var(--ink)}
pre{margin:0;padding:.6rem .7rem;background:var(--bg);border:1px solid var(--line);border-left:4px solid var(--a);border-radius:4px;font:.86rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-height:22rem;overflow:auto}
.side.tuned pre{border-left-color:var(--b)}.empty{color:var(--soft)}
.place{margin:.2rem 0 0;font-size:.8rem;color:var(--soft)}
del{background:var(--del);text-decoration:line-through;text-decoration-thickness:1px}ins{background:var(--ins);text-decoration:underline;text-decoration-thickness:1px}
.all .scroll{border:0}.files td,.files th{overflow-wrap:anywhere}.files td:nth-child(2){min-width:12rem}
dt{font-weight:600;margin-top:.6rem}dd{margin:.1rem 0 0;max-width:62rem}
@media(max-width:44rem){body{font-size:14px}.wrap{padding:0 .9rem}.word{font-size:2rem}.pair{grid-template-columns:1fr}.examples .pair,.figures .pair{grid-template-columns:1fr}.filters{position:static;margin-inline:-.9rem;padding-inline:.9rem}
.filters label{width:100%;justify-content:space-between}select{flex:1;max-width:70%}.detector{padding:.9rem .8rem}
.forest,.forest thead,.forest tbody,.forest tr,.forest th,.forest td{display:block}.forest thead{display:none}.forest tr{border-top:1px solid var(--line);padding:.5rem .7rem}.forest th,.forest td{border:0;padding:.1rem 0;text-align:left!important;width:auto;white-space:normal}.forest th[scope=row]{max-width:none}.forest tr.group{padding:0;border:0}.forest .group th{padding:.35rem .7rem}.forest td.num .sub,.forest td:nth-child(2) .sub{display:inline;margin-left:.5rem}figure>table .num,figure>table th,figure>table th.num,figure details .num{white-space:normal}.tasks{min-width:44rem}svg.diagram{max-width:16rem}.files td{min-width:9rem}.forest .m.t{padding-left:0}.forest .plot{min-width:0}.forest th .sub{display:block}}
@media print{:root{--bg:#fff;--card:#fff}nav,.filters,.skip,.chips button:disabled{display:none!important}body{font-size:10pt}.wrap{max-width:none}.scroll{overflow:visible;border:0}pre{max-height:none}figure,.card,tr{break-inside:avoid}h2,h3,summary{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}.filters{position:static}}
`
