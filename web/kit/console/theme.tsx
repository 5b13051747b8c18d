import { ConfigProvider, theme as antd } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useTheme, useTranslation } from '#kit/base';

const LIGHT = {
  colorPrimary: '#0b6b5d',
  colorText: '#14201d',
  colorTextSecondary: '#4a5752',
  colorTextTertiary: '#66736d',
  colorTextPlaceholder: '#66736d',
  colorTextDescription: '#4a5752',
  colorBgLayout: '#f6f5f1',
  colorBgContainer: '#ffffff',
  colorBorder: '#cfcbc0',
  colorBorderSecondary: '#e3e0d8',
  colorSuccess: '#1b7446',
  colorWarning: '#8f5400',
  colorError: '#b3261e',
  colorInfo: '#1f5fa8',
  colorLink: '#0b6b5d',
};

const DARK = {
  ...LIGHT,
  colorPrimary: '#4cc2ab',
  colorText: '#e9efec',
  colorTextSecondary: '#aebbb5',
  colorTextTertiary: '#8b9993',
  colorTextPlaceholder: '#8b9993',
  colorTextDescription: '#aebbb5',
  colorBgLayout: '#101715',
  colorBgContainer: '#18211e',
  colorBgElevated: '#18211e',
  colorBorder: '#3b4843',
  colorBorderSecondary: '#2a3531',
  colorSuccess: '#57c58a',
  colorWarning: '#e2a54a',
  colorError: '#f2867d',
  colorInfo: '#7db2ee',
  colorLink: '#4cc2ab',
};

/** The console's parts in the colours and the language of the page. */
export function ConsoleTheme({ children }: { readonly children: ReactNode }) {
  const { language } = useTranslation();
  const dark = useTheme() === 'dark';
  const font = { fontFamily: 'var(--font)', borderRadius: 6, fontSize: 14 };
  return (
    <ConfigProvider
      locale={language === 'en' ? en : zh}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
        token: { ...(dark ? DARK : LIGHT), ...font },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
