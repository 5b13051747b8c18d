import { LineChart as Lines } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTheme } from '#kit/base';

use([Lines, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

interface Props {
  readonly label: string;
  readonly days: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** How a value is written on the axis and in the tooltip. */
  readonly text: (value: number) => string;
}

const COLOURS = ['--jade', '--seal', '--info'];

/** Lines over days, in the colours of the page. */
export default function LineChart({ label, days, series, text }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const chart = init(element, null, { renderer: 'svg' });
    chart.setOption({
      aria: { enabled: true, label: { description: label } },
      animation: false,
      color: COLOURS.map(colour),
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: colour('--ink2') } },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => text(Number(value)) },
      xAxis: {
        type: 'category',
        data: days.map((day) => day.slice(5)),
        axisLabel: { color: colour('--ink2') },
        axisLine: { lineStyle: { color: colour('--line-strong') } },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: colour('--ink2'), formatter: text },
        splitLine: { lineStyle: { color: colour('--line') } },
      },
      series: series.map(({ name, values }) => ({
        name,
        type: 'line',
        data: values,
        symbolSize: 5,
        lineStyle: { width: 2 },
      })),
    });
    const fit = new ResizeObserver(() => chart.resize());
    fit.observe(element);
    return () => {
      fit.disconnect();
      chart.dispose();
    };
  }, [label, days, series, text, theme]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
