// Charts: each draws the figures of the table it stands with, in the page's colours. Only pages with a chart load this.
import { all, one, onPart } from "{{js/base.js}}";

// Light, dark; in the order of the series, which differ by dash and symbol too.
const COLOURS = [["#0E6B63", "#63C9BA"], ["#B4661A", "#E6A65C"], ["#3D6FB0", "#8CB4EA"], ["#7E539E", "#C2A0E0"], ["#8A9895", "#7F918D"]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle"];
const drawn = new Map();

const isDark = () =>
  (document.documentElement.dataset.bsTheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 });
const spoken = (seconds) => {
  if (seconds == null) return "–";
  if (seconds < 1) return `${number.format(seconds * 1000)} ms`;
  if (seconds < 60) return `${number.format(seconds)} s`;
  if (seconds < 3600) return `${number.format(seconds / 60)} min`;
  return `${number.format(seconds / 3600)} h`;
};

const hundredths = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const part = (share) => (share == null ? "–" : `${hundredths.format(share)}\u00a0%`);
/** How a kind of chart speaks its figures, and its axis. */
const KINDS = { lines: [spoken, { type: "log" }], shares: [part, { type: "value", min: 0, minInterval: 1 }] };

/** The figures of a table: its first column, and each column whose cells carry a value. */
const figures = (table) => {
  const rows = all("tbody tr", table);
  const heads = all("thead th", table);
  const value = (row, at) => {
    const held = one("data", row.cells[at]);
    return held ? Number(held.value) : null;
  };
  const series = heads
    .map((head, at) => ({ name: head.textContent.trim(), values: rows.map((row) => value(row, at)) }))
    .filter(({ values }, at) => at > 0 && values.some((found) => found != null));
  return { names: rows.map((row) => row.cells[0].textContent.trim()), series };
};

const options = (kind, { names, series }, box, dark) => {
  const [words, axis] = KINDS[kind];
  const style = getComputedStyle(box);
  const ink = dark ? "#E6EEEC" : "#15211F", soft = dark ? "#93A5A1" : "#5B6B68";
  const line = dark ? "#2B3A38" : "#DBE3E1", surface = dark ? "#16201F" : "#FFFFFF";
  const text = { color: soft, fontFamily: style.fontFamily, fontSize: 12.5 };
  const narrow = box.clientWidth < 560;
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: false }, // the box carries the finding as its name
    grid: { left: 58, right: 16, top: narrow ? 22 * series.length + 10 : 40, bottom: 28, outerBoundsMode: "none" },
    legend: { top: 0, left: 0, orient: narrow ? "vertical" : "horizontal", itemWidth: 26, itemHeight: 9, itemGap: narrow ? 4 : 18, textStyle: { ...text, color: ink } },
    tooltip: {
      trigger: "axis", renderMode: "richText", backgroundColor: surface, borderColor: line, valueFormatter: words,
      textStyle: { ...text, color: ink },
    },
    xAxis: { type: "category", data: names, boundaryGap: kind === "shares", axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true } },
    yAxis: { ...axis, axisLabel: { ...text, formatter: words }, splitLine: { lineStyle: { color: line } } },
    series: series.map(({ name, values }, at) => ({
      name, data: values, type: "line", symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: 7, showAllSymbol: true,
      itemStyle: { color: COLOURS[at % COLOURS.length][Number(dark)] },
      lineStyle: { width: 2, type: at % 2 ? [5, 4] : "solid", color: COLOURS[at % COLOURS.length][Number(dark)] },
    })),
  };
};

const draw = (figure, dark = isDark()) => drawn.get(figure)?.setOption(options(figure.dataset.chart, figures(one("table", figure)), one(".chart-box", figure), dark), true);

const view = (figure, which) => {
  figure.dataset.view = which;
  for (const button of all("[data-view-of]", figure)) button.setAttribute("aria-pressed", String(button.value === which));
  drawn.get(figure)?.resize();
};

const begin = async (figure) => {
  if (drawn.has(figure)) return;
  drawn.set(figure, null);
  const { init } = await import("{{echarts.js}}");
  one("[data-views]", figure).hidden = false;
  view(figure, "chart");
  const box = one(".chart-box", figure);
  const chart = init(box, null, { renderer: "svg" });
  drawn.set(figure, chart);
  draw(figure);
  new ResizeObserver(() => { chart.resize(); draw(figure); }).observe(box);
};

const redraw = (dark) => {
  for (const figure of drawn.keys()) {
    if (figure.isConnected) draw(figure, dark); else { drawn.get(figure)?.dispose(); drawn.delete(figure); }
  }
};

onPart((part) => { for (const figure of all("[data-chart]", part)) begin(figure); });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view-of]");
  if (button) view(button.closest("[data-chart]"), button.value);
});
addEventListener("lp:theme", () => redraw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
// Paper is light, whatever the screen is.
addEventListener("beforeprint", () => redraw(false));
addEventListener("afterprint", () => redraw());
