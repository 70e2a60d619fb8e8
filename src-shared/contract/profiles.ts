/** Saved model endpoints: what `agent_id` names. */

declare const brand: unique symbol;
export type AgentId = string & { readonly [brand]: 'AgentId' };

export const AGENT_ID_PATTERN = '^agent-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

export interface ModelProfile {
  /** `agent-<uuid4>`. */
  id: AgentId;
  name: string;
  /** Such as `http://127.0.0.1:11434/v1`, with no slash at its end. */
  base_url: string;
  /** Filled into a request that names no model. */
  model: string | null;
  /** Defaults of the request's other properties. */
  parameters: Record<string, unknown>;
  /** The secret that is sent as bearer token. */
  secret_name: string | null;
}

/** A secret's name, as in `{{secret.NAME}}`. */
export const SECRET_NAME_PATTERN = '^[A-Za-z_][A-Za-z0-9_]{0,99}$';

/** A shorter value can't be told from ordinary text when it is taken out of output. Space around it is not counted. */
export const MIN_SECRET_CHARACTERS = 4;
export const MAX_SECRET_CHARACTERS = 65_536;

/** How secrets are kept: by the system's keychain, by a key in Jobdeck's own files, or in a file for its owner alone. */
export const SECRET_BACKENDS = ['keychain', 'basic-text', 'file'] as const;
export type SecretBackend = (typeof SECRET_BACKENDS)[number];

export interface SecretList {
  names: string[];
  backend: SecretBackend;
}
