import type {Blueprint, FileContent, PlannedKubeconfig} from '../pki/blueprint-types.ts';
import {flagsText} from '../pki/flags.ts';
import type {Issued, IssuedAuthority, IssuedCertificate, IssuedKeyPair} from '../pki/issued.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {writeKubeconfig, type KubeconfigCredential} from '../kubeconfig/write-kubeconfig.ts';
import {writeYaml} from '../kubeconfig/write-yaml.ts';
import {clusterInfo, joinCommand, tokenSecret, type BootstrapMaterial} from './bootstrap-documents.ts';

/** What a planned file holds, as text. It may be a key: it goes into the file and nowhere else. */
export type TextOf = (content: FileContent) => string;

/** @param now when the bootstrap token's life begins */
export function makeTexts({
  blueprint,
  issued,
  now,
}: {
  readonly blueprint: Blueprint;
  readonly issued: Issued;
  readonly now: Date;
}): TextOf {
  const kubeconfigs = new Map(blueprint.kubeconfigs.map((planned) => [planned.name, planned]));
  const components = new Map(blueprint.components.map((planned) => [`${planned.node}/${planned.component}`, planned]));
  const texts = new Texts(blueprint, issued, now);
  return (content) => {
    switch (content.kind) {
      case 'certificate':
        return texts.chain(content.certificate);
      case 'authorities':
        return texts.authorities(content.authorities);
      case 'certificate-key':
        return ended(texts.certificate(content.certificate).key.reveal());
      case 'authority-key':
        return texts.authorityKey(content.authority);
      case 'key-pair-private':
        return ended(texts.keyPair(content.keyPair).privateKey.reveal());
      case 'key-pair-public':
        return ended(texts.keyPair(content.keyPair).publicKey);
      case 'kubeconfig':
        return texts.kubeconfig(found(kubeconfigs.get(content.kubeconfig), 'kubeconfig', content.kubeconfig));
      case 'flags':
        return flagsText(found(components.get(`${content.node}/${content.component}`), 'component', content.component));
      case 'yaml':
        return writeYaml(content.documents);
      case 'token-secret':
        return writeYaml([tokenSecret(texts.bootstrap())]);
      case 'cluster-info':
        return writeYaml(clusterInfo(texts.bootstrap()));
      case 'join-command':
        return joinCommand(texts.bootstrap());
      default:
        return content satisfies never;
    }
  };
}

class Texts {
  readonly #blueprint: Blueprint;
  readonly #issued: Issued;
  readonly #now: Date;

  constructor(blueprint: Blueprint, issued: Issued, now: Date) {
    this.#blueprint = blueprint;
    this.#issued = issued;
    this.#now = now;
  }

  certificate(name: string): IssuedCertificate {
    return found(this.#issued.certificates.get(name), 'certificate', name);
  }

  keyPair(id: string): IssuedKeyPair {
    return found(this.#issued.keyPairs.get(id), 'key pair', id);
  }

  /** The leaf first, then the intermediates from the nearest up. */
  chain(name: string): string {
    const {certificate, planned} = this.certificate(name);
    return ended(certificate) + this.authorities(planned.chain);
  }

  authorities(ids: readonly AuthorityId[]): string {
    return ids.map((id) => ended(this.#authority(id).certificate)).join('');
  }

  authorityKey(id: AuthorityId): string {
    return ended(found(this.#authority(id).key, 'authority key', id).reveal());
  }

  kubeconfig(planned: PlannedKubeconfig): string {
    const {clusterName, server, user, contextName} = planned;
    return writeKubeconfig({
      clusterName,
      server,
      certificateAuthority: this.authorities(planned.trusts),
      user,
      contextName,
      credential: this.#credential(planned),
    });
  }

  #credential({credential}: PlannedKubeconfig): KubeconfigCredential {
    switch (credential.kind) {
      case 'certificate': {
        const {key} = this.certificate(credential.certificate);
        return {kind: 'certificate', certificate: this.chain(credential.certificate), key};
      }
      case 'bootstrap-token':
        return {kind: 'token', token: this.#token()};
      default:
        return credential satisfies never;
    }
  }

  bootstrap(): BootstrapMaterial {
    const planned = this.#blueprint.kubeconfigs.find(({credential}) => credential.kind === 'bootstrap-token');
    const {server, trusts} = found(planned, 'kubeconfig', 'bootstrap-kubelet');
    return {
      token: this.#token(),
      settings: this.#blueprint.plan.bootstrap.token,
      now: this.#now,
      server,
      certificateAuthorities: trusts.map((id) => ended(this.#authority(id).certificate)),
    };
  }

  #token(): BootstrapMaterial['token'] {
    return found(this.#issued.bootstrapToken, 'bootstrap token', 'of the bundle');
  }

  #authority(id: AuthorityId): IssuedAuthority {
    return found(this.#issued.authorities.get(id), 'authority', id);
  }
}

/** A blueprint that names what nobody issued is a bug in one of the two, not something a person can mend. */
function found<T>(value: T | undefined, kind: string, name: string): T {
  if (value === undefined) throw new TypeError(`the blueprint wants the ${kind} ${name}, and there is none`);
  return value;
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
