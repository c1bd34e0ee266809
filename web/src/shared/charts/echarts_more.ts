import { CustomChart, HeatmapChart, MapChart } from 'echarts/charts';
import { GeoComponent, MarkAreaComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { echarts } from './echarts';

echarts.use([CustomChart, HeatmapChart, MapChart, GeoComponent, MarkAreaComponent, TitleComponent, VisualMapComponent, SVGRenderer]);

export { echarts };
