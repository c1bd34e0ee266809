import { PrinterOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { GroupAnswer } from '../../shared/delphi/group';
import { StateLamp } from '../../shared/delphi/lamp';
import { figure, inLanguage } from '../../shared/delphi/model';
import { count, decimal, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { useDissent, type Study } from './api';

/** Who disagrees, and why: a product of its own, made to be printed. */
export function Dissent({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const report = useDissent(ws.id, study.id, study.round);
  const deciding = study.questions.find((question) => question.id === study.protocol.deciding_question);
  if (study.round === 0) return <Empty title={t('delphi.no_results')} text={t('delphi.no_results_text')} />;
  return (
    <Loaded query={report} rows={6}>
      {(data) =>
        data.items.length === 0 ? <Empty title={t('delphi.dissent_none')} text={t('delphi.dissent_none_text')} /> : (
          <div className="dp-report">
            <div className="panel-head">
              <h2>{t('delphi.dissent_title', { n: study.round })}</h2>
              <Button className="dp-noprint" icon={<PrinterOutlined />} onClick={() => window.print()}>{t('delphi.print')}</Button>
            </div>
            <p className="panel-note">{t('delphi.dissent_lead', { cell: study.protocol.small_cell })}</p>
            {data.items.map((item) => (
              <article key={item.item}>
                <span className="muted small">{item.field}</span>
                <h3>{inLanguage(item)}</h3>
                <div className="dp-row tight">
                  <StateLamp state={item.result.state} />
                  {item.result.dissent.two_camps ? <Tag variant="filled">{t('delphi.two_camps')}</Tag> : null}
                  {item.result.dissent.knowing_minority ? <Tag variant="filled" color="warning">{t('delphi.knowing_minority')}</Tag> : null}
                  <span className="muted small num">{t('delphi.polarization')} {decimal(figure(item.result.dissent.polarization), 2)}</span>
                </div>
                {deciding ? <GroupAnswer question={deciding} result={item.result.questions[deciding.id]} /> : null}
                <div className="dp-camps">
                  {item.result.dissent.camps.filter((camp) => camp.hidden || (camp.experts ?? 0) > 0).map((camp) => (
                    <div key={camp.side} className={camp.side}>
                      <h4>{t(`delphi.side.${camp.side}`)} <span className="muted small num">{camp.hidden ? t('delphi.hidden') : `${count(camp.experts)} · ${share(figure(camp.share), 0)} · ${t('delphi.knowing', { share: share(figure(camp.knowing_share), 0) })}`}</span></h4>
                      <ul>
                        {camp.arguments.map((number) => item.arguments.find((argument) => argument.number === number)).map((argument) => (argument ? <li key={argument.number}>{argument.text} <span className="muted small num">{t('panel.votes', { n: count(argument.votes) })}</span></li> : null))}
                        {camp.arguments.length === 0 ? <li className="muted small">{t('delphi.no_arguments')}</li> : null}
                      </ul>
                    </div>
                  ))}
                </div>
              </article>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
