/*
 * The npm package @jupyterlab/services, which JupyterLab's own page speaks through, against a project behind the workbench.
 * Its own tests are in no package; these hold what those say of kernels, sessions, contents and terminals, as far as a server and what
 * is between have a part in it. Run by StockClientsTest with LATHE_TEST_URL, LATHE_TEST_TOKEN and LATHE_TEST_SERVICES (a file beside
 * node_modules) set.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

const require = createRequire(process.env.LATHE_TEST_SERVICES);
const { PageConfig } = require('@jupyterlab/coreutils');
const { ServiceManager, ServerConnection, KernelAPI, SessionAPI, TerminalAPI } = require('@jupyterlab/services');

const url = process.env.LATHE_TEST_URL + '/';
const serverSettings = ServerConnection.makeSettings({
  baseUrl: url,
  wsUrl: url.replace(/^http/, 'ws'),
  token: process.env.LATHE_TEST_TOKEN,
  appendToken: true
});
const PATIENCE = 60_000;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const slow = { timeout: PATIENCE };
// Of the buffer that a comm carries there and back.
const BUFFER_BYTES = Number(process.env.LATHE_TEST_BUFFER_BYTES ?? 5_000_000);

let services;
before(async () => {
  PageConfig.setOption('terminalsAvailable', 'true'); // as JupyterLab's page says
  services = new ServiceManager({ serverSettings, standby: 'never' });
  await services.ready;
}, slow);
after(async () => {
  await services.sessions.shutdownAll();
  await services.kernels.shutdownAll();
  await services.terminals.shutdownAll();
  services.dispose();
  // Polls and sockets of the package would keep the process for a while.
  setTimeout(() => process.exit(), 2_000).unref();
}, slow);

/** The first emission of a signal that is as wanted. */
function emission(signal, wanted = () => true) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no such signal in time')), PATIENCE);
    const slot = (sender, value) => {
      if (wanted(value, sender)) {
        clearTimeout(late);
        signal.disconnect(slot);
        resolve(value);
      }
    };
    signal.connect(slot);
  });
}

async function run(kernel, code) {
  let text = '';
  const future = kernel.requestExecute({ code, allow_stdin: true });
  future.onIOPub = message => {
    if (message.header.msg_type === 'stream') {
      text += message.content.text;
    } else if (message.header.msg_type === 'execute_result') {
      text += message.content.data['text/plain'];
    }
  };
  const reply = await future.done;
  return { text, status: reply.content.status, error: reply.content.ename };
}

const refused = status => error => error.response?.status === status;

describe('kernels', () => {
  let kernel;
  before(async () => {
    kernel = await services.kernels.startNew({ name: 'python3' });
    await kernel.info;
  }, slow);
  after(() => kernel.shutdown(), slow);

  test('specs name a default and what starts it', async () => {
    await services.kernelspecs.refreshSpecs();
    assert.ok(services.kernelspecs.specs.kernelspecs[services.kernelspecs.specs.default]);
    assert.equal((await kernel.spec).name, 'python3');
  });
  test('listRunning yields models, with the new one; runningChanged tells of it', slow, async () => {
    const changed = emission(services.kernels.runningChanged, models => models.length > 1);
    const other = await services.kernels.startNew({ name: 'python3' });
    await changed;
    const ids = (await KernelAPI.listRunning(serverSettings)).map(model => model.id);
    assert.ok(ids.includes(kernel.id) && ids.includes(other.id));
    assert.equal((await services.kernels.findById(other.id)).id, other.id);
    await services.kernels.shutdown(other.id);
    await services.kernels.refreshRunning();
    assert.equal(await services.kernels.findById(other.id), undefined);
    assert.ok(other.isDisposed);
  });
  test('unknown kernel, and unknown kind of kernel', slow, async () => {
    assert.equal(await KernelAPI.getKernelModel(NOBODY, serverSettings), undefined);
    await KernelAPI.shutdownKernel(NOBODY, serverSettings);
    await assert.rejects(services.kernels.startNew({ name: 'no-such-kernel' }));
  });
  test('info, completion, inspection, completeness and history are answered', slow, async () => {
    assert.equal((await kernel.requestKernelInfo()).content.status, 'ok');
    await run(kernel, 'some_long_name = 1');
    const completions = await kernel.requestComplete({ code: 'some_lo', cursor_pos: 7 });
    assert.deepEqual(completions.content.matches, ['some_long_name']);
    assert.equal((await kernel.requestInspect({ code: 'len', cursor_pos: 3, detail_level: 0 })).content.found, true);
    assert.equal((await kernel.requestIsComplete({ code: 'for i in range(3):' })).content.status, 'incomplete');
    for (const access of [
      { hist_access_type: 'range', session: 0, start: 0, stop: 5 },
      { hist_access_type: 'tail', n: 5 },
      { hist_access_type: 'search', n: 5, pattern: '*', unique: true }
    ]) {
      assert.equal((await kernel.requestHistory({ output: false, raw: true, ...access })).content.status, 'ok');
    }
  });
  test('execution: output, reply, error, busy and idle', slow, async () => {
    const busy = emission(kernel.statusChanged, status => status === 'busy');
    assert.deepEqual(await run(kernel, 'print("żółć 🚀"); 6 * 7'), { text: 'żółć 🚀\n42', status: 'ok', error: undefined });
    await busy;
    assert.equal((await run(kernel, '1 / 0')).error, 'ZeroDivisionError');
  });
  test('input is asked for and answered', slow, async () => {
    const future = kernel.requestExecute({ code: 'print(input("who? ")[::-1])', allow_stdin: true });
    let text = '';
    future.onStdin = message => {
      assert.equal(message.content.prompt, 'who? ');
      kernel.sendInputReply({ status: 'ok', value: 'abc' }, message.header);
    };
    future.onIOPub = message => (text += message.content.text ?? '');
    await future.done;
    assert.equal(text, 'cba\n');
  });
  test('messages of another page of the kernel are heard', slow, async () => {
    const other = services.kernels.connectTo({ model: kernel.model });
    const heard = emission(kernel.iopubMessage, message => message.content.text === 'from beside\n');
    await run(other, 'print("from beside")');
    await heard;
    other.dispose();
  });
  test('comms open from either side, carry binary buffers of megabytes unchanged, and close', slow, async () => {
    await run(kernel, `
def target(comm, opened):
    comm.on_msg(lambda message: comm.send({'bytes': len(message['buffers'][0])}, buffers=[bytes(reversed(message['buffers'][0]))]))
get_ipython().kernel.comm_manager.register_target('mirror', target)`);
    // In a subshell of its own, which the package ends together with the comm, the answer to the end may be lost, without any proxy too.
    kernel.commsOverSubshells = 'disabled';
    const comm = kernel.createComm('mirror');
    await comm.open({}).done;
    assert.ok(Object.keys((await kernel.requestCommInfo({ target_name: 'mirror' })).content.comms).includes(comm.commId));
    const bytes = Uint8Array.from({ length: BUFFER_BYTES }, (_, i) => (i * 7919) % 251);
    const answered = new Promise(resolve => (comm.onMsg = resolve));
    await comm.send({}, {}, [bytes.buffer]).done;
    const answer = await answered;
    assert.equal(answer.content.data.bytes, bytes.length);
    assert.deepEqual(new Uint8Array(answer.buffers[0].buffer ?? answer.buffers[0]).reverse(), bytes);
    await comm.close().done;
    assert.ok(comm.isDisposed);

    const opened = new Promise(resolve => kernel.registerCommTarget('ours', (_, message) => resolve(message.content.data)));
    await run(kernel, "from comm import create_comm; c = create_comm(target_name='ours', data={'a': 1})");
    assert.deepEqual(await opened, { a: 1 });
  });
  test('subshells run beside a busy cell', slow, async () => {
    assert.ok(kernel.supportsSubshells);
    const { content } = await kernel.requestCreateSubshell({}).done;
    assert.equal(content.status, 'ok');
    assert.ok((await kernel.requestListSubshell({}).done).content.subshell_id.includes(content.subshell_id));
    await kernel.requestDeleteSubshell({ subshell_id: content.subshell_id }).done;
  });
  test('interrupt ends a sleeping cell', slow, async () => {
    const future = kernel.requestExecute({ code: 'print("asleep", flush=True)\nimport time; time.sleep(600)' });
    await new Promise(resolve => (future.onIOPub = message => message.content.text === 'asleep\n' && resolve()));
    await kernel.interrupt();
    assert.equal((await future.done).content.ename, 'KeyboardInterrupt');
  });
  test('restart forgets variables and disposes of futures and comms', slow, async () => {
    await run(kernel, 'kept = 1');
    const restarting = emission(kernel.statusChanged, status => status === 'restarting');
    const future = kernel.requestExecute({ code: 'import time; time.sleep(600)' }, false, false);
    const comm = kernel.createComm('mirror');
    await kernel.restart();
    await restarting;
    await kernel.info;
    assert.ok(future.isDisposed && comm.isDisposed);
    assert.equal((await run(kernel, 'kept')).error, 'NameError');
  });
  test('reconnect: connecting, then connected, with the variables as they were', slow, async () => {
    await run(kernel, 'kept = 2');
    const connecting = emission(kernel.connectionStatusChanged, status => status === 'connecting');
    await kernel.reconnect();
    await connecting;
    assert.equal(kernel.connectionStatus, 'connected');
    assert.equal((await run(kernel, 'kept')).text, '2');
  });
  test('shutdown is told to every connection', slow, async () => {
    const one = await services.kernels.startNew({ name: 'python3' });
    const two = services.kernels.connectTo({ model: one.model });
    await one.info;
    const gone = emission(two.disposed);
    await one.shutdown();
    await services.kernels.refreshRunning();
    await gone;
    assert.ok(one.isDisposed && two.isDisposed);
  });
});

describe('sessions', () => {
  let session;
  const options = path => ({ path, name: path, type: 'test', kernel: { name: 'python3' } });
  before(async () => {
    session = await services.sessions.startNew(options('first.ipynb'));
    await session.kernel.info;
  }, slow);
  after(() => session.isDisposed || session.shutdown(), slow);

  test('listed, found by id and by path, connected to', slow, async () => {
    assert.ok((await SessionAPI.listRunning(serverSettings)).some(model => model.id === session.id));
    assert.equal((await services.sessions.findById(session.id)).path, 'first.ipynb');
    assert.equal((await services.sessions.findByPath('first.ipynb')).id, session.id);
    const same = services.sessions.connectTo({ model: session.model });
    assert.equal((await run(same.kernel, '1 + 1')).text, '2');
    same.dispose();
  });
  test('path, name and type change, and are told', slow, async () => {
    const told = emission(session.propertyChanged, what => what === 'path');
    await session.setPath('dir/renamed.ipynb');
    await told;
    await session.setName('another');
    await session.setType('console');
    const model = await SessionAPI.getSessionModel(session.id, serverSettings);
    assert.deepEqual([model.path, model.name, model.type], ['dir/renamed.ipynb', 'another', 'console']);
  });
  test('the kernel changes, by kind and by id', slow, async () => {
    const before = session.kernel.id;
    const told = emission(session.kernelChanged);
    await session.changeKernel({ name: 'python3' });
    await told;
    assert.notEqual(session.kernel.id, before);
    const other = await services.kernels.startNew({ name: 'python3' });
    await session.changeKernel({ id: other.id });
    assert.equal(session.kernel.id, other.id);
    other.dispose();
  });
  test('stopIfNeeded ends a session; runningChanged tells; an unknown one is 404', slow, async () => {
    const other = await services.sessions.startNew(options('second.ipynb'));
    await services.sessions.stopIfNeeded('second.ipynb');
    await services.sessions.refreshRunning();
    assert.ok(![...services.sessions.running()].some(model => model.id === other.id));
    await assert.rejects(SessionAPI.getSessionModel(NOBODY, serverSettings), refused(404));
    await SessionAPI.shutdownSession(NOBODY, serverSettings);
  });
  test('a session that is shut down is disposed of, with its kernel', slow, async () => {
    const kernel = session.kernel.id;
    await session.shutdown();
    assert.ok(session.isDisposed);
    assert.equal(await KernelAPI.getKernelModel(kernel, serverSettings), undefined);
  });
});

describe('contents', () => {
  const files = () => services.contents;

  test('untitled file, folder and notebook appear, are told, renamed and deleted', slow, async () => {
    for (const type of ['file', 'directory', 'notebook']) {
      const told = emission(files().fileChanged, change => change.type === 'new');
      const made = await files().newUntitled({ type, ext: type === 'file' ? 'txt' : undefined });
      assert.equal((await told).newValue.path, made.path);
      const name = `żółć %2F ${type} #1?${type === 'notebook' ? '.ipynb' : ''}`;
      const renamed = await files().rename(made.path, name);
      assert.equal(renamed.path, name);
      assert.equal((await files().get(name, { content: true })).type, type);
      await files().delete(name);
      await assert.rejects(files().get(name), refused(404));
    }
  });
  test('text, base64 and notebooks are saved and read as they were', slow, async () => {
    await files().save('text.txt', { type: 'file', format: 'text', content: 'a\r\nb\u2028żółć 🚀' });
    assert.equal((await files().get('text.txt')).content, 'a\r\nb\u2028żółć 🚀');
    const bytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => i % 256)).toString('base64');
    await files().save('bytes.bin', { type: 'file', format: 'base64', content: bytes });
    assert.equal((await files().get('bytes.bin', { format: 'base64', content: true })).content.replaceAll('\n', ''), bytes);
    const notebook = { cells: [], metadata: { a: 1 }, nbformat: 4, nbformat_minor: 5 };
    await files().save('n.ipynb', { type: 'notebook', format: 'json', content: notebook });
    assert.deepEqual((await files().get('n.ipynb')).content, notebook);
  });
  test('save tells, a renamed file is not overwritten, a folder is listed', slow, async () => {
    const told = emission(files().fileChanged, change => change.type === 'save');
    await files().save('one.txt', { type: 'file', format: 'text', content: '1' });
    await told;
    await files().save('two.txt', { type: 'file', format: 'text', content: '2' });
    await assert.rejects(files().rename('one.txt', 'two.txt'), refused(409));
    const names = (await files().get('', { content: true })).content.map(model => model.name);
    assert.ok(names.includes('one.txt') && names.includes('two.txt'));
  });
  test('a copy', slow, async () => {
    await files().save('copied.txt', { type: 'file', format: 'text', content: 'same' });
    const copy = await files().copy('copied.txt', '');
    assert.equal((await files().get(copy.path)).content, 'same');
  });
  test('the download address gives the bytes to who has the token', slow, async () => {
    await files().save('load me.txt', { type: 'file', format: 'text', content: 'loaded' });
    const address = await files().getDownloadUrl('load me.txt');
    assert.ok(address.startsWith(url));
    assert.equal(await (await ServerConnection.makeRequest(address, {}, serverSettings)).text(), 'loaded');
    assert.equal((await fetch(address, { redirect: 'manual' })).status, 401);
  });
  test('checkpoints are made, listed, restored and deleted', slow, async () => {
    await files().save('c.txt', { type: 'file', format: 'text', content: 'before' });
    const checkpoint = await files().createCheckpoint('c.txt');
    await files().save('c.txt', { type: 'file', format: 'text', content: 'after' });
    assert.deepEqual((await files().listCheckpoints('c.txt')).map(each => each.id), [checkpoint.id]);
    await files().restoreCheckpoint('c.txt', checkpoint.id);
    assert.equal((await files().get('c.txt')).content, 'before');
    await files().deleteCheckpoint('c.txt', checkpoint.id);
    assert.deepEqual(await files().listCheckpoints('c.txt'), []);
  });
});

describe('terminals', () => {
  test('are there, run, are listed, reconnect, and end', slow, async () => {
    assert.ok(services.terminals.isAvailable());
    const changed = emission(services.terminals.runningChanged);
    const terminal = await services.terminals.startNew();
    await changed;
    const says = text => {
      let seen = '';
      return emission(terminal.messageReceived, message => {
        seen += message.type === 'stdout' ? message.content.join('') : '';
        return seen.includes(text);
      });
    };
    const answer = says('42=answer');
    terminal.send({ type: 'stdin', content: ['echo $((6*7))=answer\r'] });
    await answer;
    assert.ok((await TerminalAPI.listRunning(serverSettings)).some(model => model.name === terminal.name));
    await terminal.reconnect();
    assert.equal(terminal.connectionStatus, 'connected');
    const again = says('again=43');
    terminal.send({ type: 'stdin', content: ['echo again=$((42+1))\r'] });
    await again;
    const beside = services.terminals.connectTo({ model: { name: terminal.name } });
    assert.equal(beside.name, terminal.name);
    await services.terminals.shutdown(terminal.name);
    await services.terminals.refreshRunning();
    assert.ok(![...services.terminals.running()].some(model => model.name === terminal.name));
    await TerminalAPI.shutdownTerminal('nosuch', serverSettings);
  });
});

describe('who has no good token', () => {
  const stranger = ServerConnection.makeSettings({ ...serverSettings, token: 'lathe_wrong' });

  test('is refused everywhere', slow, async () => {
    for (const list of [KernelAPI.listRunning, SessionAPI.listRunning, TerminalAPI.listRunning]) {
      await assert.rejects(list(stranger), refused(401));
    }
  });
  test('gets no kernel socket', slow, async () => {
    const kernel = await services.kernels.startNew({ name: 'python3' });
    const socket = new stranger.WebSocket(`${url.replace(/^http/, 'ws')}api/kernels/${kernel.id}/channels?token=lathe_wrong`);
    const status = await new Promise(resolve => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('open', () => resolve(101));
    });
    assert.equal(status, 401);
    await kernel.shutdown();
  });
});
