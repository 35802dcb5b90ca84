import * as echarts from 'echarts';
import type { Chart, Series } from './benchmark';

const WIDTH = 860;
const HEIGHT = 440;
const LEGEND_WIDTH = 190;
const MARGIN = { left: 75, right: 30, top: 55, bottom: 65 };

/** Colors of series that differ in one property and are dashed by another. */
const COLORS = ['#3b6fd4', '#e07b00', '#2a9d5c', '#c2334d', '#7a4fc0', '#00899b', '#6b6b6b'];

/** Draws a chart as SVG, without a browser. */
export function drawChart(chart: Chart): string {
	const drawing = echarts.init(null, null, {
		renderer: 'svg',
		ssr: true,
		width: WIDTH,
		height: HEIGHT,
	});
	const hasLegend = chart.series.length > 1;
	const right = hasLegend ? LEGEND_WIDTH + MARGIN.right : MARGIN.right;
	const bars = Math.max(...chart.series.map(({ points }) => points.length));
	drawing.setOption({
		animation: false,
		backgroundColor: '#ffffff',
		title: { text: chart.title, left: 'center', textStyle: { fontSize: 15 } },
		legend: { show: hasLegend, orient: 'vertical', right: 10, top: 'middle', itemGap: 8 },
		grid: { ...MARGIN, right },
		xAxis: {
			name: chart.x.name,
			nameLocation: 'middle',
			nameGap: 30,
			type: chart.kind === 'bar' ? 'category' : chart.x.isLogarithmic === true ? 'log' : 'value',
			axisLabel:
				chart.kind === 'bar'
					? {
							interval: 0,
							fontSize: 11,
							width: (WIDTH - MARGIN.left - right) / bars - 6,
							overflow: 'break',
						}
					: {},
		},
		yAxis: {
			name: chart.y.name,
			nameLocation: 'middle',
			nameGap: 50,
			type: chart.y.isLogarithmic === true ? 'log' : 'value',
		},
		series: chart.series.map((series, index) => drawSeries(chart, series, index)),
	});
	const svg = drawing.renderToSVGString();
	drawing.dispose();
	return `${svg}\n`;
}

function drawSeries(
	{ kind, limit }: Chart,
	{ name, points, color, isDashed }: Series,
	index: number,
) {
	const shade = COLORS[(color ?? index) % COLORS.length];
	return {
		name,
		type: kind,
		data: points.map(([x, y]) => [x, y]),
		itemStyle: { color: shade },
		...(kind === 'line'
			? {
					symbolSize: 6,
					lineStyle: { color: shade, width: 2, type: isDashed === true ? 'dashed' : 'solid' },
				}
			: {
					label: {
						show: true,
						position: 'top',
						fontSize: 11,
						formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(points[dataIndex]),
					},
				}),
		...(limit === undefined || index > 0
			? {}
			: {
					markLine: {
						silent: true,
						symbol: 'none',
						lineStyle: { type: 'dashed', color: '#c2334d' },
						data: [{ yAxis: limit }],
						label: { formatter: String(limit) },
					},
				}),
	};
}

/** The value of a bar, with the lowest and highest of all rounds below it. */
function labelOf(point: Series['points'][number] | undefined): string {
	if (point === undefined) return '';
	const [, value, min, max] = point;
	const plain = (number: number) => Number(number.toPrecision(2)).toString();
	if (min === undefined || max === undefined) return plain(value);
	return `${plain(value)}\n(${plain(min)}–${plain(max)})`;
}
