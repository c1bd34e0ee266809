/** A view of the plane: the point in the middle of the canvas and how many pixels one unit takes. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export const toScreen = (view: View, size: Size, x: number, y: number): [number, number] => [size.width / 2 + (x - view.x) * view.scale, size.height / 2 - (y - view.y) * view.scale];
export const toPlane = (view: View, size: Size, sx: number, sy: number): [number, number] => [view.x + (sx - size.width / 2) / view.scale, view.y - (sy - size.height / 2) / view.scale];

const vertex = `#version 300 es
in float a_x; in float a_y; in highp uvec2 a_look;
uniform vec2 u_middle; uniform vec2 u_scale; uniform float u_size; uniform vec3 u_palette[48];
out vec4 v_color;
void main() {
  if (a_look.y == 0u) { gl_Position = vec4(9.0, 9.0, 9.0, 1.0); gl_PointSize = 0.0; return; }
  gl_Position = vec4((vec2(a_x, a_y) - u_middle) * u_scale, 0.0, 1.0);
  gl_PointSize = a_look.y == 3u ? u_size * 1.5 + 1.0 : u_size;
  v_color = vec4(u_palette[int(a_look.x)], a_look.y == 3u ? 1.0 : a_look.y == 2u ? 0.72 : 0.08);
}`;

const fragment = `#version 300 es
precision mediump float;
in vec4 v_color; uniform float u_alpha; uniform float u_round; out vec4 color;
void main() {
  float edge = 1.0;
  if (u_round > 0.5) { float d = length(gl_PointCoord - 0.5); edge = 1.0 - smoothstep(0.4, 0.5, d); if (edge <= 0.0) discard; }
  float alpha = v_color.a * (v_color.a > 0.9 ? 1.0 : u_alpha) * edge;
  color = vec4(v_color.rgb * alpha, alpha);
}`;

/** How a point looks: hidden, faded (outside of the selection), shown, chosen. */
export const hidden = 0;
export const faded = 1;
export const shown = 2;
export const chosen = 3;

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error('no shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader');
  return shader;
}

/** Draws up to millions of points with WebGL 2. Two floats and two bytes a point; a filter re-sends the two bytes only. */
export class PointLayer {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly look: WebGLBuffer;
  private n = 0;

  /** Null where the browser has no WebGL 2. */
  static make(canvas: HTMLCanvasElement): PointLayer | null {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, preserveDrawingBuffer: true, powerPreference: 'high-performance' });
    return gl ? new PointLayer(gl) : null;
  }

  private constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.program = gl.createProgram();
    gl.attachShader(this.program, compile(gl, gl.VERTEX_SHADER, vertex));
    gl.attachShader(this.program, compile(gl, gl.FRAGMENT_SHADER, fragment));
    gl.linkProgram(this.program);
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.look = gl.createBuffer();
  }

  setPoints(x: Float32Array, y: Float32Array): void {
    const { gl } = this;
    this.n = x.length;
    // Bytes stay whole numbers on their way: as floats a driver would convert a million of them at every change of the filter.
    const attribute = (name: string, buffer: WebGLBuffer) => {
      const at = gl.getAttribLocation(this.program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(at);
      if (buffer === this.look) gl.vertexAttribIPointer(at, 2, gl.UNSIGNED_BYTE, 0, 0);
      else gl.vertexAttribPointer(at, 1, gl.FLOAT, false, 0, 0);
    };
    for (const [name, values] of [['a_x', x], ['a_y', y]] as const) {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      attribute(name, buffer);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.look);
    gl.bufferData(gl.ARRAY_BUFFER, 2 * this.n, gl.DYNAMIC_DRAW);
    attribute('a_look', this.look);
  }

  /** Colour index and look of each point, in turns. */
  setLook(look: Uint8Array): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.look);
    this.gl.bufferSubData(this.gl.ARRAY_BUFFER, 0, look);
  }

  setPalette(colors: [number, number, number][]): void {
    const flat = new Float32Array(48 * 3);
    colors.slice(0, 48).forEach((c, i) => flat.set(c, 3 * i));
    this.gl.uniform3fv(this.gl.getUniformLocation(this.program, 'u_palette'), flat);
  }

  draw(view: View, size: Size, ratio: number, fitScale: number): void {
    const { gl } = this;
    const canvas = gl.canvas as HTMLCanvasElement;
    const [w, h] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    gl.viewport(0, 0, w, h);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const zoom = view.scale / fitScale;
    const pointSize = Math.min(14, Math.max(1.6, (2.1 + 60 / Math.sqrt(this.n + 400)) * Math.pow(zoom, 0.42))) * ratio;
    const alpha = Math.min(1, Math.max(0.12, (18 * Math.pow(zoom, 0.9)) / Math.sqrt(this.n / 100 + 1)));
    const set = (name: string) => gl.getUniformLocation(this.program, name);
    gl.uniform2f(set('u_middle'), view.x, view.y);
    gl.uniform2f(set('u_scale'), (2 * view.scale) / size.width, (2 * view.scale) / size.height);
    gl.uniform1f(set('u_size'), pointSize);
    gl.uniform1f(set('u_alpha'), alpha);
    gl.uniform1f(set('u_round'), pointSize > 2.5 ? 1 : 0);
    gl.drawArrays(gl.POINTS, 0, this.n);
  }

  free(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
