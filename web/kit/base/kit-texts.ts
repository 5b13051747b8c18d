import type { Texts } from './language.ts';

const zh = {
  sign_in: '登录',
  signing_in: '正在登录…',
  sign_out: '退出登录',
  org: '商户代码',
  login: '账号',
  password: '密码',
  org_missing: '请填写商户代码',
  login_missing: '请填写账号',
  password_missing: '请填写密码',
  unreachable: '连不上服务器',
  unreachable_fix: '请检查网络后重试',
  request: '请求号',
  retry: '重试',
  theme: '明暗主题',
  language: 'English',
};

/** What the kit itself says. */
export const kitTexts: Texts<{ readonly kit: typeof zh }> = {
  'zh-CN': { kit: zh },
  en: {
    kit: {
      sign_in: 'Sign in',
      signing_in: 'Signing in …',
      sign_out: 'Sign out',
      org: 'Merchant code',
      login: 'Login',
      password: 'Password',
      org_missing: 'Enter the merchant code',
      login_missing: 'Enter your login',
      password_missing: 'Enter your password',
      unreachable: 'The server cannot be reached',
      unreachable_fix: 'Check the network and try again',
      request: 'Request',
      retry: 'Try again',
      theme: 'Light or dark',
      language: '中文',
    },
  },
};
