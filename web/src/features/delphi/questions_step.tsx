import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Collapse, Input, InputNumber, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { inLanguage, moved, type Option, type Question, type QuestionType } from '../../shared/delphi/model';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { useTemplates } from './api';
import type { StepProps } from './builder_steps';
import { toHorizon, withTemplate } from './draft';

const types: QuestionType[] = ['scale', 'choice', 'choices', 'year', 'probability', 'ranking', 'allocation', 'text'];
const hasOptions = (type: QuestionType) => type !== 'year' && type !== 'probability' && type !== 'text';

function newQuestion(type: QuestionType, taken: Question[], year: number): Question {
  let n = taken.length + 1;
  while (taken.some((question) => question.id === `q${n}`)) n += 1;
  const option = (id: string): Option => ({ id, label: { zh: '', en: '' }, score: 0 });
  return { id: `q${n}`, type, role: type === 'probability' ? 'probability' : 'other', label: { zh: '', en: '' }, help: { zh: '', en: '' }, options: hasOptions(type) ? [option('a'), option('b'), option('c')] : [], first_year: type === 'year' ? year : 0, last_year: type === 'year' ? year + 30 : 0, allow_already: true, allow_never: true, allow_unknown: true, total: 100, most: 0, required: false, max_characters: 2000 };
}

function Options({ question, set }: { question: Question; set: (part: Partial<Question>) => void }) {
  const { t } = useTranslation();
  const change = (i: number, part: Partial<Option>) => set({ options: question.options.map((option, j) => (j === i ? { ...option, ...part } : option)) });
  const add = () => {
    let n = question.options.length + 1;
    while (question.options.some((option) => option.id === `o${n}`)) n += 1;
    set({ options: [...question.options, { id: `o${n}`, label: { zh: '', en: '' }, score: 0 }] });
  };
  return (
    <div>
      {question.options.map((option, i) => (
        <div className="dp-option" key={option.id}>
          <Input value={option.label.zh} placeholder={t('delphi.label_zh')} aria-label={`${t('delphi.label_zh')} ${i + 1}`} onChange={(event) => change(i, { label: { ...option.label, zh: event.target.value } })} />
          <Input value={option.label.en} placeholder={t('delphi.label_en')} aria-label={`${t('delphi.label_en')} ${i + 1}`} onChange={(event) => change(i, { label: { ...option.label, en: event.target.value } })} />
          {question.type === 'scale' ? <InputNumber value={option.score} step={0.1} aria-label={`${t('delphi.score')} ${i + 1}`} title={t('delphi.score')} onChange={(value) => change(i, { score: value ?? 0 })} /> : <span />}
          <Button type="text" icon={<DeleteOutlined />} disabled={question.options.length <= 2} aria-label={`${t('action.delete')} ${i + 1}`} onClick={() => set({ options: question.options.filter((_, j) => j !== i) })} />
        </div>
      ))}
      <Button size="small" onClick={add}>{t('delphi.option_add')}</Button>
    </div>
  );
}

function Editor({ question, set }: { question: Question; set: (part: Partial<Question>) => void }) {
  const { t } = useTranslation();
  return (
    <div className="dp-form">
      <div className="grid cols-2">
        <label>{t('delphi.label_zh')}<Input value={question.label.zh} onChange={(event) => set({ label: { ...question.label, zh: event.target.value } })} /></label>
        <label>{t('delphi.label_en')}<Input value={question.label.en} onChange={(event) => set({ label: { ...question.label, en: event.target.value } })} /></label>
      </div>
      <div className="dp-row tight">
        <Checkbox checked={question.required} onChange={(event) => set({ required: event.target.checked })}>{t('delphi.required')}</Checkbox>
        {question.type === 'year' ? (
          <>
            <InputNumber prefix={t('delphi.year_from')} value={question.first_year} onChange={(value) => (value ? set({ first_year: value }) : undefined)} />
            <InputNumber prefix={t('delphi.year_to')} value={question.last_year} onChange={(value) => (value ? set({ last_year: value }) : undefined)} />
            <Checkbox checked={question.allow_already} onChange={(event) => set({ allow_already: event.target.checked })}>{t('delphi.realized.already')}</Checkbox>
            <Checkbox checked={question.allow_never} onChange={(event) => set({ allow_never: event.target.checked })}>{t('delphi.realized.never')}</Checkbox>
            <Checkbox checked={question.allow_unknown} onChange={(event) => set({ allow_unknown: event.target.checked })}>{t('delphi.realized.unknown')}</Checkbox>
          </>
        ) : null}
        {question.type === 'allocation' ? <InputNumber prefix={t('delphi.points')} min={1} value={question.total} onChange={(value) => (value ? set({ total: value }) : undefined)} /> : null}
        {question.type === 'choices' ? <InputNumber prefix={t('delphi.at_most')} min={0} value={question.most} onChange={(value) => set({ most: value ?? 0 })} /> : null}
      </div>
      {hasOptions(question.type) ? <Options question={question} set={set} /> : null}
    </div>
  );
}

export function QuestionsStep({ draft, edit }: StepProps) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const templates = useTemplates(ws.id);
  const year = new Date().getFullYear();
  const set = (i: number, part: Partial<Question>) => edit({ questions: draft.questions.map((question, j) => (j === i ? { ...question, ...part } : question)) });
  const order = (from: number, to: number) => {
    const ids = moved(draft.questions.map((question) => question.id), from, to);
    edit({ questions: ids.flatMap((id) => draft.questions.filter((question) => question.id === id)) });
  };
  return (
    <>
      <Loaded query={templates}>
        {(data) => (
          <div className="dp-templates">
            {data.items.map((form) => (
              <button type="button" key={form.id} className={draft.template === form.id ? 'dp-template on' : 'dp-template'} aria-pressed={draft.template === form.id} onClick={() => edit(withTemplate(draft, form))}>
                <b>{inLanguage(form.name)}</b>
                <span>{form.questions.map((question) => inLanguage(question.label).replace(/[(（].*/, '')).join(' · ')}</span>
              </button>
            ))}
          </div>
        )}
      </Loaded>
      {draft.questions.length > 0 ? (
        <section className="panel" style={{ marginTop: 16 }}>
          <div className="panel-head">
            <h2>{t('delphi.questions_n', { n: draft.questions.length })}</h2>
            <Select<QuestionType> size="small" style={{ width: 168 }} value={null} placeholder={t('delphi.question_add')} aria-label={t('delphi.question_add')} options={types.map((type) => ({ value: type, label: t(`delphi.type.${type}`) }))} onChange={(type) => edit({ questions: toHorizon([...draft.questions, newQuestion(type, draft.questions, year)], draft.horizon) })} />
          </div>
          <Collapse
            size="small"
            items={draft.questions.map((question, i) => ({
              key: question.id,
              label: <>{inLanguage(question.label) || <em>{t('delphi.no_words')}</em>} <Tag variant="filled">{t(`delphi.type.${question.type}`)}</Tag>{draft.protocol?.deciding_question === question.id ? <Tag color="processing" variant="filled">{t('delphi.deciding')}</Tag> : null}</>,
              extra: (
                <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
                  <Button size="small" type="text" icon={<ArrowUpOutlined />} disabled={i === 0} aria-label={t('delphi.answer.up', { name: inLanguage(question.label) })} onClick={() => order(i, i - 1)} />
                  <Button size="small" type="text" icon={<ArrowDownOutlined />} disabled={i === draft.questions.length - 1} aria-label={t('delphi.answer.down', { name: inLanguage(question.label) })} onClick={() => order(i, i + 1)} />
                  <Button size="small" type="text" icon={<DeleteOutlined />} disabled={draft.protocol?.deciding_question === question.id} aria-label={`${t('action.delete')}: ${inLanguage(question.label)}`} onClick={() => edit({ questions: draft.questions.filter((_, j) => j !== i) })} />
                </span>
              ),
              children: <Editor question={question} set={(part) => set(i, part)} />,
            }))}
          />
        </section>
      ) : null}
    </>
  );
}
