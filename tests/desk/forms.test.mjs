// The adapter on full forms: it reads what is typed before the model does, and follows the form wherever the desk takes it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite, site } from './browser.mjs';

/** Sections are open, so that the panels in them can be seen. */
const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];
const LATE = ['Form', 'Notification', 'Overdue invoice'];

/** How many panels of each kind are in the page, seen or not. */
const panels = (desk) => desk.page.evaluate(() => ['deskbell-condition', 'deskbell-message-preview', 'deskbell-document-picker', 'deskbell-test-button', 'deskbell-webhook-url'].map((name) => document.querySelectorAll(name).length));

describe('what is typed', () => {
  test('a notification is previewed on the last document that was edited', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    const report = await desk.message('*New* {{ doc.name }}');
    assert.deepEqual([report.status, report.text], ['exact', '*New* CT-00093']);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
  }));

  test('the preview follows the editor while the model still has the text of before', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { model, unsaved } = await desk.page.evaluate(() => new Promise((resolve) => {
      cur_frm.fields_dict.message.editor.session.setValue('now {{ doc.status }}');
      const look = () => {
        if (document.querySelector('deskbell-message-preview').report?.text === 'now Closed') resolve({ model: cur_frm.doc.message, unsaved: cur_frm.doc.__unsaved });
        else requestAnimationFrame(look);
      };
      look();
    }));
    assert.deepEqual([model, unsaved], ['*New* {{ doc.name }}', undefined]);
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'now {{ doc.status }}'));
  }));

  test('keys reach both editors and their panels', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.type('condition', 'doc.status == "Closed"');
    await desk.type('message', 'typed {{ doc.status }}');
    assert.equal((await desk.message('typed {{ doc.status }}')).text, 'typed Closed');
    await eventually(async () => assert.equal(await desk.condition.evaluate((view) => view.report?.outcome), true));
  }));

  test('one keystroke is asked about once', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.page.waitForTimeout(500);
    await desk.page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      globalThis.asked = [];
      Worker.prototype.postMessage = function (question) {
        asked.push(question.call);
        return postMessage.apply(this, arguments);
      };
    });
    await desk.page.evaluate(() => void document.querySelector('[data-fieldname=message] .ace_text-input').focus());
    await desk.page.keyboard.type('x');
    await eventually(async () => assert.match(await desk.preview.evaluate((view) => view.text), /x/));
    assert.equal((await desk.page.evaluate(() => asked)).filter((call) => call === 'renderMessage').length, 1);
  }));

  test('an editor that comes later than the panels is heard', onSite(OPEN, async (desk) => {
    let come;
    const gate = new Promise((resolve) => (come = resolve));
    await desk.page.route('**/ace.js*', (route) => gate.then(() => route.continue()));
    await desk.go(...NEW);
    assert.equal((await desk.message('*New* {{ doc.name }}')).text, '*New* CT-00093', 'the model has the text');
    assert.equal(await desk.withForm((frm) => frm.fields_dict.message.editor), undefined);
    come();
    await eventually(async () => assert.ok(await desk.withForm((frm) => frm.fields_dict.message.editor?.getValue())));
    await desk.type('message', 'late {{ doc.name }}');
    assert.equal((await desk.message('late {{ doc.name }}')).text, 'late CT-00093');
  }));

  test('another session, and another editor in the same field, are heard', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.withForm((frm) => frm.fields_dict.message.editor.setSession(ace.createEditSession('session', 'ace/mode/html')));
    await desk.withForm((frm) => frm.fields_dict.message.editor.session.setValue('session {{ doc.name }}'));
    await desk.message('session {{ doc.name }}');
    await desk.withForm((frm) => {
      const control = frm.fields_dict.message;
      control.ace_editor_target.remove();
      control.make_ace_editor();
    });
    await desk.withForm((frm) => frm.fields_dict.message.editor.session.setValue('again {{ doc.name }}'));
    await desk.message('again {{ doc.name }}');
  }));

  test('another control in the field’s place has the panels that stood under the old one, and is heard', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.withForm((frm) => (frm.replace_field('message'), frm.refresh()));
    await eventually(async () => assert.ok(await desk.withForm((frm) => frm.fields_dict.message.editor?.getValue())));
    await desk.type('message', 'other control {{ doc.name }}');
    await desk.message('other control {{ doc.name }}');
    assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
  }));

  test('an editor that is not Ace is read through its control', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.withForm((frm) => {
      const control = frm.fields_dict.message;
      const area = $('<div contenteditable="true" class="cm-content"></div>').text('other')[0];
      control.ace_editor_target.remove();
      control.editor = { state: {}, dispatch() {} };
      control.get_input_value = () => area.textContent;
      control.set_value = (value) => ((area.textContent = value), frappe.model.set_value(frm.doctype, frm.docname, 'message', value));
      control.input_area.append(area);
    });
    const area = desk.field('message').locator('.cm-content');
    await area.fill('other {{ doc.name }}');
    assert.equal((await desk.message('other {{ doc.name }}')).text, 'other CT-00093');
    await area.fill('other {{ doc.nam }}');
    await desk.message('other {{ doc.nam }}');
    await desk.preview.locator('[part=fix]').first().click();
    await desk.message('other {{ doc.name }}');
  }));

  test('what a script sets is followed', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.withForm((frm) => frm.set_value('message', 'by a script'));
    await desk.message('by a script');
    await desk.withForm((frm) => frm.set_value('document_type', 'Invoice'));
    await desk.expect(desk.picker, 'data-document', 'FACT-2026-00017');
  }));

  test('the notification itself is what a template sees, as it is typed', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.type('message', '{{ alert.name }}: {{ alert.message | length }}');
    assert.equal((await desk.message('{{ alert.name }}: {{ alert.message | length }}')).text, 'New ticket: 46');
  }));
});

describe('a fix and a mark', () => {
  test('a click on a fix writes into the editor, can be undone, and reaches the model', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.type('message', 'to {{ doc.nam }}');
    await desk.message('to {{ doc.nam }}');
    await eventually(async () => assert.ok(await desk.field('message').locator('.deskbell-mark').count()));
    await desk.preview.locator('[part=fix]').first().click();
    await desk.message('to {{ doc.name }}');
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'to {{ doc.name }}'));
    assert.equal(await desk.field('message').locator('.deskbell-mark').count(), 0);
    await desk.page.keyboard.press('Control+Z');
    await desk.message('to {{ doc.nam }}');
  }));
});

describe('another record in the same form', () => {
  test('a doctype whose lists a script has changed can be tried on', onSite(OPEN, async (desk) => {
    await desk.page.evaluate(() => new Promise((resolve) => frappe.model.with_doctype('Chat Ticket', () => resolve())));
    await desk.page.evaluate(() => {
      const { fields } = frappe.get_meta('Chat Ticket');
      fields.find(({ fieldname }) => fieldname === 'status').options = [{ value: 'Open', label: 'Ouvert' }, { value: 'Closed', label: 'Clos' }];
      fields.find(({ fieldname }) => fieldname === 'priority').options = ['Low', 'High'];
      fields.find(({ fieldname }) => fieldname === 'customer').options = { not: 'a list' };
    });
    await desk.go(...NEW);
    assert.equal((await desk.message('*New* {{ doc.name }}')).text, '*New* CT-00093');
  }));

  test('its own texts and documents, one set of panels, and no marks of the record before', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.type('message', 'to {{ doc.nam }}');
    await desk.message('to {{ doc.nam }}');
    // Before the model has it, what is typed stays with the editor.
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'to {{ doc.nam }}'));
    await desk.go(...LATE);
    assert.equal((await desk.message('{{ doc.name }} is late')).text, 'FACT-2026-00017 is late');
    assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
    assert.equal(await desk.page.locator('.deskbell-mark').count(), 0);
    await desk.go(...NEW);
    await desk.message('to {{ doc.nam }}');
    assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
  }));

  test('a channel that can only be set once is read from the record, not from the list of the record before', onSite(OPEN, async (desk) => {
    await desk.page.evaluate(() => frappe.new_doc('Notification').then(() => {}));
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.fields_dict.channel.$input?.val()), 'Email'));
    await desk.go(...NEW);
    assert.equal(await desk.withForm((frm) => frm.fields_dict.channel.$input.val()), 'Email', 'the list keeps its text');
    await desk.message('*New* {{ doc.name }}');
    await desk.go('Form', 'Notification', 'By mail');
    await eventually(async () => assert.equal(await desk.preview.count(), 0));
  }));

  test('a hidden message is read from the record, not from the editor of the record before', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.go('Form', 'Notification', 'In blocks');
    assert.equal(await desk.withForm((frm) => frm.fields_dict.message.editor.getValue()), '*New* {{ doc.name }}', 'the editor keeps its text');
    await eventually(async () => assert.equal(await desk.page.locator('deskbell-message-preview').evaluate((view) => view.report?.text), 'Hidden CT-00093'));
    assert.equal(await desk.preview.count(), 0);
  }));

  test('nothing is asked about a notification by e-mail', onSite(OPEN, async (desk) => {
    await desk.go('Form', 'Notification', 'By mail');
    await desk.page.waitForTimeout(300);
    assert.equal(await desk.preview.count() + (await desk.picker.count()), 0);
    assert.deepEqual(site.calls.filter(({ args }) => args.doctype === 'Chat Ticket' && args.fields), []);
    assert.deepEqual(desk.page.workers().filter((worker) => worker.url().includes('/deskbell/')), [], 'not even the engine is started');
  }));
});

test('a notification that may only be read has its panels, and a click on a fix leaves it alone', onSite({ ...OPEN, readOnly: true }, async (desk) => {
  site.records.find(({ name }) => name === 'New ticket').message = 'to {{ doc.nam }}';
  await desk.go(...NEW);
  await desk.message('to {{ doc.nam }}');
  await desk.preview.locator('[part=fix]').first().click();
  await desk.page.waitForTimeout(400);
  assert.deepEqual(await desk.withForm((frm) => [frm.doc.message, Boolean(frm.doc.__unsaved)]), ['to {{ doc.nam }}', false]);
}));

describe('a new notification', () => {
  test('panels come with the channel, survive the first save and keep the chosen document', onSite(OPEN, async (desk) => {
    await desk.page.evaluate(() => frappe.new_doc('Notification').then(() => {}));
    await desk.field('channel').locator('select').selectOption('External Collaboration Tool');
    await desk.withForm((frm) => frm.set_value('message_editor_type', 'HTML Editor'));
    await desk.withForm((frm) => frm.fields_dict.document_type.pick('Chat Ticket'));
    await desk.field('event').locator('select').selectOption('Save');
    await desk.withForm((frm) => frm.fields_dict.incoming_webhook_url.pick('Support'));
    // The desk fills the editor when the field comes to be seen, over whatever is typed until then.
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await desk.expect(desk.url, 'data-verdict', 'valid');
    await desk.type('message', 'saved {{ doc.name }}');
    await desk.message('saved {{ doc.name }}');
    // A save that is quicker than the model loses what was typed last; that is the desk's.
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'saved {{ doc.name }}'));
    await desk.pick('CT-00092');
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    await desk.preview.evaluate((view) => void (view.mine = true));
    await desk.withForm((frm) => ((frm.newName = 'Saved now'), frm.save()));
    assert.equal(await desk.withForm((frm) => frm.doc.name), 'Saved now');
    assert.equal(await desk.preview.count(), 1, 'the panels stay in sight');
    await desk.message('saved {{ doc.name }}');
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    assert.equal(await desk.preview.evaluate((view) => view.mine), true);
    await desk.expect(desk.url, 'data-verdict', 'valid');
  }));
});

test('a channel that is no chat any more leaves no gaps', onSite(OPEN, async (desk) => {
  await desk.page.evaluate(() => frappe.new_doc('Notification').then(() => {}));
  await desk.withForm((frm) => frm.set_value('message_editor_type', 'HTML Editor'));
  await desk.withForm((frm) => frm.fields_dict.document_type.pick('Chat Ticket'));
  await desk.field('event').locator('select').selectOption('Save');
  const heights = () => desk.page.evaluate(() => [...document.querySelectorAll('.deskbell-slot')].reduce((sum, slot) => sum + slot.offsetHeight, 0));
  await desk.field('channel').locator('select').selectOption('External Collaboration Tool');
  await desk.preview.waitFor();
  assert.ok((await heights()) > 100);
  await desk.field('channel').locator('select').selectOption('SMS');
  await eventually(async () => assert.equal(await heights(), 0));
}));

describe('the webhook behind it', () => {
  test('is read again when the form comes back from the webhook’s own form', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.expect(desk.preview, 'data-service', 'Slack');
    await desk.go('Form', 'Incoming Webhook URL', 'Support');
    await desk.verdict('https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx');
    await desk.field('service').locator('select').selectOption('Mattermost');
    await eventually(async () => assert.equal(await desk.url.evaluate((view) => view.service), 'Mattermost'));
    await desk.withForm((frm) => frm.save());
    await desk.go(...NEW);
    await desk.expect(desk.preview, 'data-service', 'Mattermost');
  }));

  test('is judged at every key, while the model is 500 ms behind', onSite(OPEN, async (desk) => {
    await desk.go('Form', 'Incoming Webhook URL', 'Support');
    await desk.verdict('https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx');
    const { verdict, model } = await desk.page.evaluate(() => new Promise((resolve) => {
      const view = document.querySelector('deskbell-webhook-url');
      const input = document.querySelector('[data-fieldname=webhook_url] textarea');
      input.value = 'hello';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const look = () => {
        if (view.text === 'hello') resolve({ verdict: view.report.verdict, model: cur_frm.doc.webhook_url });
        else requestAnimationFrame(look);
      };
      look();
    }));
    assert.equal(verdict, 'invalid');
    assert.notEqual(model, 'hello');
  }));

  test('is left for its panel with Tab, which the desk keeps for its fields', onSite(OPEN, async (desk) => {
    site.records.find(({ name }) => name === 'Support').webhook_url = 'hello';
    await desk.go('Form', 'Incoming Webhook URL', 'Support');
    await desk.verdict('hello');
    const at = () => desk.page.evaluate(() => document.activeElement.dataset.fieldname ?? document.activeElement.localName);
    await desk.field('webhook_name').locator('input').focus();
    await desk.page.keyboard.press('Tab');
    assert.equal(await at(), 'service', 'a field without a panel is left as the desk likes');
    await desk.page.keyboard.press('Tab');
    assert.equal(await at(), 'webhook_url');
    await desk.page.keyboard.press('Tab');
    assert.equal(await at(), 'deskbell-webhook-url');
    await desk.page.keyboard.press('Shift+Tab');
    assert.equal(await at(), 'webhook_url');
  }));

  for (const [flavour, channel, doctype] of [['frappe', 'Webhook', 'Notification Webhook URL'], ['slack', 'Slack', 'Slack Webhook URL']]) {
    test(`is found under the names of ${channel}`, onSite({ ...OPEN, flavour }, async (desk) => {
      await desk.go(...NEW);
      assert.equal((await desk.message('*New* {{ doc.name }}')).text, '*New* CT-00093');
      await desk.expect(desk.preview, 'data-service', 'Slack');
      await desk.go('Form', doctype, 'Support');
      await desk.verdict('https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx');
    }));
  }
});

describe('sections and pages', () => {
  test('panels in closed sections are there when a section is opened', onSite({}, async (desk) => {
    await desk.go(...NEW);
    await eventually(async () => assert.equal(await desk.page.locator('deskbell-message-preview').count(), 1));
    assert.equal(await desk.preview.count(), 0);
    await desk.page.locator('.section-head', { hasText: 'Message' }).first().click();
    await desk.message('*New* {{ doc.name }}');
  }));

  test('a form that the desk throws away and makes again has its panels', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.page.evaluate(() => bed.removeForm('Notification'));
    await desk.go('List', 'Notification');
    await desk.go(...LATE);
    await desk.message('{{ doc.name }} is late');
    assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
  }));

  test('a form is not made to wait, and the scripts after the plugin’s run', onSite(OPEN, async (desk) => {
    await desk.page.route('**/assets/deskbell/hosts/frappe-form.js', () => {});
    await desk.go(...NEW);
    assert.deepEqual(await desk.page.evaluate(() => bed.rendered), ['Notification']);
  }));

  for (const [install, most] of [['client-script', 0], ['app', 3]]) {
    test(`other forms load next to nothing (${install})`, onSite({ ...OPEN, install }, async (desk) => {
      const loaded = [];
      desk.page.on('request', (request) => request.url().includes('/assets/deskbell/') && loaded.push(request.url()));
      await desk.page.reload();
      await desk.page.waitForFunction(() => globalThis.bed?.ready);
      await desk.go('Form', 'ToDo', 'TODO-1');
      await desk.page.waitForTimeout(300);
      assert.ok(loaded.length <= most, loaded.join('\n'));
      await desk.go(...NEW);
      await desk.message('*New* {{ doc.name }}');
      assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
    }));
  }

  test('an include that comes before the desk waits for it', onSite({ ...OPEN, install: 'none' }, async (desk) => {
    await desk.page.evaluate(async () => {
      const { frappe } = globalThis;
      delete globalThis.frappe;
      await import('/assets/deskbell/hosts/frappe.js').then(({ install }) => install());
      globalThis.frappe = frappe;
    });
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
  }));

  test('an app’s include that comes after the form finds it', onSite({ ...OPEN, install: 'none' }, async (desk) => {
    await desk.go(...NEW);
    await desk.page.evaluate(() => import('/assets/deskbell/hosts/frappe.js').then(({ install }) => [install(), install()]).then(() => {}));
    await desk.message('*New* {{ doc.name }}');
    assert.deepEqual(await panels(desk), [1, 1, 1, 1, 1]);
  }));
});
