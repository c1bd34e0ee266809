import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../../shared/i18n';
import { Mark } from '../../shared/ui/brand';

/** A field of grains with a lens on the one that begins to glow. Drawn from a fixed seed: decoration, not data. */
function draw(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: w, clientHeight: h } = canvas;
  canvas.width = w * ratio;
  canvas.height = h * ratio;
  context.scale(ratio, ratio);
  let seed = 20;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed / 4294967296;
  };
  const normal = () => random() + random() + random() + random() - 2;
  const clouds = Array.from({ length: 16 }, () => ({ x: random() * w, y: random() * h * 0.86, r: 30 + random() * Math.min(w, h) * 0.16, tint: random() }));
  for (const cloud of clouds) {
    for (let i = 0; i < 210; i += 1) {
      context.fillStyle = cloud.tint > 0.6 ? `rgba(232,165,82,${0.12 + random() * 0.3})` : `rgba(120,186,214,${0.12 + random() * 0.38})`;
      context.beginPath();
      context.arc(cloud.x + normal() * cloud.r, cloud.y + normal() * cloud.r, 0.5 + random() * 1.5, 0, 7);
      context.fill();
    }
  }
  const at = { x: w * 0.66, y: h * 0.36 };
  const glow = context.createRadialGradient(at.x, at.y, 0, at.x, at.y, 64);
  glow.addColorStop(0, 'rgba(229,115,95,.55)');
  glow.addColorStop(1, 'rgba(229,115,95,0)');
  context.fillStyle = glow;
  context.fillRect(at.x - 64, at.y - 64, 128, 128);
  context.fillStyle = '#f08a74';
  for (let i = 0; i < 26; i += 1) {
    context.beginPath();
    context.arc(at.x + normal() * 14, at.y + normal() * 14, 1 + random() * 1.6, 0, 7);
    context.fill();
  }
  context.strokeStyle = 'rgba(253,248,239,.75)';
  context.lineWidth = 2;
  context.beginPath();
  context.arc(at.x, at.y, 58, 0, 7);
  context.stroke();
  context.lineWidth = 4;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(at.x + 43, at.y + 43);
  context.lineTo(at.x + 84, at.y + 84);
  context.stroke();
}

export function Door({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const redraw = () => canvas.current && draw(canvas.current);
    redraw();
    window.addEventListener('resize', redraw);
    return () => window.removeEventListener('resize', redraw);
  }, []);
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <div className="door">
      <div className="door-picture">
        <canvas ref={canvas} aria-hidden="true" />
        <h1>见微</h1>
        <p>{t('door.words')}</p>
      </div>
      <main className="door-form">
        <Mark className="brand-mark" />
        {children}
        <div className="door-foot">
          <span>{t('door.local')}</span>
          <Button type="link" size="small" onClick={() => void setLanguage(other)} lang={other}>
            {other === 'en' ? 'English' : '中文'}
          </Button>
        </div>
      </main>
    </div>
  );
}
