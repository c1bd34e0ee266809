import { HolderOutlined, MinusOutlined, PlusOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { useId, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isNumber } from '../format';
import { figure, inLanguage, moved, remaining, type Answer, type Question, type QuestionResult, type Realized } from './model';

interface Props {
  question: Question;
  answer: Answer | undefined;
  earlier?: Answer | undefined;
  /** Of the group, once it may be seen: years show its middle half under the track. */
  group?: QuestionResult | undefined;
  readOnly?: boolean;
  labelledBy: string;
  onChange: (answer: Answer) => void;
}

function OptionList({ question, answer, earlier, readOnly, onChange, many }: Props & { many?: boolean }) {
  const { t } = useTranslation();
  const name = useId();
  const chosen = many ? (answer?.options ?? []) : answer?.option ? [answer.option] : [];
  const before = many ? (earlier?.options ?? []) : earlier?.option ? [earlier.option] : [];
  const full = many && question.most > 0 && chosen.length >= question.most;
  const pick = (id: string) => {
    if (!many) return onChange({ option: id });
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    onChange({ options: question.options.map((option) => option.id).filter((one) => next.includes(one)) });
  };
  return (
    <div className={many ? 'dq-options many' : 'dq-options'}>
      {question.options.map((option) => {
        const on = chosen.includes(option.id);
        return (
          <label key={option.id} className={`dq-option${on ? ' on' : ''}${before.includes(option.id) ? ' before' : ''}`}>
            <input type={many ? 'checkbox' : 'radio'} name={name} checked={on} disabled={readOnly || (full && !on)} onChange={() => pick(option.id)} />
            <span className="dq-dot" aria-hidden="true" />
            <span className="dq-words">{inLanguage(option.label)}</span>
            {before.includes(option.id) ? <span className="dq-before">{t('delphi.answer.earlier')}</span> : null}
          </label>
        );
      })}
    </div>
  );
}

/** A track with a value, steps of one, and under it the own earlier answer and the group's middle half. */
function Track({ low, high, value, earlier, band, unit, readOnly, labelledBy, onChange }: { low: number; high: number; value: number | undefined; earlier?: number | undefined; band: [number, number] | null; unit: string; readOnly?: boolean | undefined; labelledBy: string; onChange: (value: number) => void }) {
  const { t } = useTranslation();
  const at = (v: number) => `${(100 * (Math.max(low, Math.min(high, v)) - low)) / (high - low)}%`;
  const start = value ?? earlier ?? Math.round((low + high) / 2);
  const step = (by: number) => onChange(value === undefined ? start : Math.max(low, Math.min(high, value + by)));
  return (
    <div className="dq-track">
      <div className="dq-track-head">
        <button type="button" disabled={readOnly} aria-label={t('delphi.answer.less')} onClick={() => step(-1)}><MinusOutlined /></button>
        <output className="num">{value === undefined ? '–' : `${value}${unit}`}</output>
        <button type="button" disabled={readOnly} aria-label={t('delphi.answer.more')} onClick={() => step(1)}><PlusOutlined /></button>
      </div>
      <input type="range" className={value === undefined ? 'unset' : ''} aria-labelledby={labelledBy} min={low} max={high} step={1} value={start} disabled={readOnly} onChange={(event) => onChange(Number(event.target.value))} onPointerUp={() => (value === undefined ? onChange(start) : undefined)} />
      <div className="dq-scale" aria-hidden="true">
        {band ? <i className="band" style={{ left: at(band[0]), width: `calc(${at(band[1])} - ${at(band[0])} + 3px)` }} /> : null}
        {earlier !== undefined ? <i className="ghost" style={{ left: at(earlier) }} /> : null}
        <span>{low}{unit}</span>
        <span>{Math.round((low + high) / 2)}{unit}</span>
        <span>{high}{unit}</span>
      </div>
    </div>
  );
}

const bandOf = (group: QuestionResult | undefined): [number, number] | null => {
  const low = figure(group?.lower_quartile);
  const high = figure(group?.upper_quartile);
  return low === null || high === null ? null : [low, high];
};

function YearInput({ question, answer, earlier, group, readOnly, labelledBy, onChange }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const words: [Realized, boolean][] = [['already', question.allow_already], ['never', question.allow_never], ['unknown', question.allow_unknown]];
  return (
    <>
      <Track low={question.first_year} high={question.last_year} value={answer?.year} earlier={earlier?.year} band={bandOf(group)} unit="" readOnly={readOnly} labelledBy={labelledBy} onChange={(year) => onChange({ year })} />
      <div className="dq-options row">
        {words.filter(([, allowed]) => allowed).map(([word]) => (
          <label key={word} className={`dq-option${answer?.realized === word ? ' on' : ''}${earlier?.realized === word ? ' before' : ''}`}>
            <input type="radio" name={name} checked={answer?.realized === word} disabled={readOnly} onChange={() => onChange({ realized: word })} />
            <span className="dq-words">{t(`delphi.realized.${word}`)}</span>
          </label>
        ))}
      </div>
    </>
  );
}

function Ranking({ question, answer, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const drag = useRef<number | null>(null);
  const given = answer?.options?.length === question.options.length;
  const order = given ? (answer?.options ?? []) : question.options.map((option) => option.id);
  const label = (id: string) => inLanguage(question.options.find((option) => option.id === id)?.label);
  const move = (from: number, to: number) => {
    if (to >= 0 && to < order.length) onChange({ options: moved(order, from, to) });
  };
  const over = (event: PointerEvent) => {
    if (drag.current === null || !list.current) return;
    const rows = [...list.current.children].map((row) => row.getBoundingClientRect());
    const to = rows.findIndex((row) => event.clientY < row.bottom);
    const target = to < 0 ? rows.length - 1 : to;
    if (target === drag.current) return;
    move(drag.current, target);
    drag.current = target;
  };
  const keys = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(at, at + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <>
      <ol className={given ? 'dq-rank' : 'dq-rank unset'} ref={list}>
        {order.map((id, i) => (
          <li key={id}>
            <span className="dq-handle" role="button" tabIndex={readOnly ? -1 : 0} aria-label={t('delphi.answer.drag', { name: label(id) })} onKeyDown={(event) => keys(event, i)} onPointerDown={(event) => { if (!readOnly) { drag.current = i; event.currentTarget.setPointerCapture(event.pointerId); } }} onPointerMove={over} onPointerUp={() => { drag.current = null; }} onPointerCancel={() => { drag.current = null; }}>
              <HolderOutlined />
            </span>
            <b className="num">{i + 1}</b>
            <span className="dq-words">{label(id)}</span>
            <button type="button" disabled={readOnly || i === 0} aria-label={t('delphi.answer.up', { name: label(id) })} onClick={() => move(i, i - 1)}><UpOutlined /></button>
            <button type="button" disabled={readOnly || i === order.length - 1} aria-label={t('delphi.answer.down', { name: label(id) })} onClick={() => move(i, i + 1)}><DownOutlined /></button>
          </li>
        ))}
      </ol>
      {!given && !readOnly ? <button type="button" className="dq-link" onClick={() => onChange({ options: order })}>{t('delphi.answer.order_right')}</button> : null}
    </>
  );
}

function Allocation({ question, answer, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const points = question.options.map((_, i) => answer?.points?.[i] ?? 0);
  const left = remaining(question, { points });
  const stride = Math.max(1, Math.round(question.total / 20));
  const set = (i: number, value: number) => onChange({ points: points.map((old, j) => (j === i ? Math.max(0, Math.min(old + left, Math.round(value) || 0)) : old)) });
  const even = () => onChange({ points: question.options.map((_, i) => Math.floor(question.total / question.options.length) + (i < question.total % question.options.length ? 1 : 0)) });
  return (
    <div className="dq-points">
      {question.options.map((option, i) => {
        const name = inLanguage(option.label);
        const value = points[i] ?? 0;
        return (
          <div key={option.id} className="dq-point">
            <span className="dq-words">{name}</span>
            <span className="dq-fill" style={{ width: `${(100 * value) / question.total}%` }} aria-hidden="true" />
            <button type="button" disabled={readOnly || value === 0} aria-label={`${t('delphi.answer.less')}: ${name}`} onClick={() => set(i, value - stride)}><MinusOutlined /></button>
            <input type="number" inputMode="numeric" className="num" aria-label={name} min={0} max={question.total} value={value} disabled={readOnly} onChange={(event) => set(i, Number(event.target.value))} />
            <button type="button" disabled={readOnly || left === 0} aria-label={`${t('delphi.answer.more')}: ${name}`} onClick={() => set(i, value + Math.min(stride, left))}><PlusOutlined /></button>
          </div>
        );
      })}
      <p className={left === 0 ? 'dq-left done' : 'dq-left'} role="status">
        {left === 0 ? t('delphi.answer.points_given', { n: question.total }) : t('delphi.answer.points_left', { n: left })}
        {left === question.total && !readOnly ? <button type="button" className="dq-link" onClick={even}>{t('delphi.answer.points_even')}</button> : null}
      </p>
    </div>
  );
}

function TextInput({ question, answer, earlier, readOnly, labelledBy, onChange }: Props) {
  const { t } = useTranslation();
  const text = answer?.text ?? '';
  return (
    <>
      <textarea className="dq-text" rows={3} aria-labelledby={labelledBy} value={text} maxLength={question.max_characters} readOnly={readOnly} placeholder={earlier?.text ?? ''} onChange={(event) => onChange({ text: event.target.value })} />
      <p className="dq-hint">{t('delphi.answer.no_names')}{text.length > 0.8 * question.max_characters ? ` ${text.length}/${question.max_characters}` : ''}</p>
    </>
  );
}

/** One question of a card, whatever its type, for thumbs and for the keyboard. */
export function QuestionInput(props: Props) {
  const { question, answer, earlier, group, readOnly, labelledBy, onChange } = props;
  switch (question.type) {
    case 'scale':
    case 'choice':
      return <OptionList {...props} />;
    case 'choices':
      return <OptionList {...props} many />;
    case 'year':
      return <YearInput {...props} />;
    case 'probability':
      return <Track low={0} high={100} value={isNumber(answer?.number) ? answer.number : undefined} earlier={isNumber(earlier?.number) ? earlier.number : undefined} band={bandOf(group)} unit="%" readOnly={readOnly} labelledBy={labelledBy} onChange={(number) => onChange({ number })} />;
    case 'ranking':
      return <Ranking {...props} />;
    case 'allocation':
      return <Allocation {...props} />;
    case 'text':
      return <TextInput {...props} />;
  }
}
