export {
  checkDocument,
  checkJob,
  checkRequest,
  checkResponse,
  isDelivery,
  isJob,
  isModelProfile,
  isSettings,
  isSettingsPatch,
  PUBLISHED_JOB_SCHEMA,
  PUBLISHED_METADATA_SCHEMA,
} from './checks.ts';
export { prepareValidators } from './compile.ts';
export { isDateTime } from './date-time.ts';
