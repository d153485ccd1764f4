-- What applications ask, as they write it.

-- name: GetUserByEmail :one
SELECT id, email, display_name, password_hash FROM users WHERE lower(email) = lower(@email) AND deleted_at IS NULL;
-- name: UserWithPassword :one
SELECT id, password_hash FROM users WHERE id = @id AND password_hash IS NOT NULL;
-- name: SessionUser :one
SELECT s.expires_at, u.* FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = @hash AND s.revoked_at IS NULL AND s.expires_at > now();
-- name: CreateSession :one
INSERT INTO sessions (token_hash, user_id, ip, user_agent, expires_at) VALUES (@hash, @user_id, @ip, @user_agent, now() + interval '30 days') RETURNING created_at, expires_at, ip;
-- name: TouchUser :one
UPDATE users SET last_seen_at = now() WHERE id = @id RETURNING last_seen_at, display_name;
-- name: RevokeSession :one
UPDATE sessions SET revoked_at = now() WHERE token_hash = @hash AND revoked_at IS NULL RETURNING user_id, revoked_at;
-- name: ExpiredSessions :many
DELETE FROM sessions WHERE expires_at < now() OR revoked_at < now() - interval '7 days' RETURNING token_hash, user_id, revoked_at;
-- name: RegisterUser :one
INSERT INTO users (email, display_name, password_hash) VALUES (@email, coalesce(@display_name, split_part(@email, '@', 1)), crypt(@password::text, gen_salt('bf'))) RETURNING id, email, display_name, created_at;
-- name: UpsertMember :one
INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT (organization_id, user_id) DO UPDATE SET role = EXCLUDED.role RETURNING role, joined_at, invited_by, (xmax = 0) AS inserted;
-- name: Members :many
SELECT u.id, u.email, coalesce(u.display_name, u.email) AS shown, m.role, m.joined_at, inviter.email AS invited_by FROM memberships m JOIN users u ON u.id = m.user_id LEFT JOIN users inviter ON inviter.id = m.invited_by WHERE m.organization_id = @organization_id ORDER BY m.joined_at;
-- name: MyOrganizations :many
SELECT o.*, m.role, (SELECT count(*) FROM memberships x WHERE x.organization_id = o.id) AS members FROM organizations o JOIN memberships m ON m.organization_id = o.id AND m.user_id = @user_id WHERE o.deleted_at IS NULL;
-- name: RoleOf :one
SELECT role FROM memberships WHERE organization_id = @organization_id AND user_id = @user_id;
-- name: IsMember :one
SELECT EXISTS (SELECT 1 FROM memberships WHERE organization_id = $1 AND user_id = $2) AS member;
-- name: MemberCounts :many
SELECT o.id, o.name, count(m.user_id) AS members, count(*) FILTER (WHERE m.role = 'owner') AS owners, max(m.joined_at) AS last_joined FROM organizations o LEFT JOIN memberships m ON m.organization_id = o.id GROUP BY o.id;
-- name: RolesByOrg :many
SELECT organization_id, array_agg(user_id ORDER BY joined_at) AS users, min(joined_at) AS first_joined, bool_or(role = 'owner') AS owned FROM memberships GROUP BY organization_id;
-- name: AuthenticateKey :one
UPDATE api_keys SET last_used_at = now() WHERE secret_hash = digest(@secret::text, 'sha256') AND NOT revoked AND (expires_at IS NULL OR expires_at > now()) RETURNING id, organization_id, scopes, last_used_at, expires_at;
-- name: KeyByPrefix :one
SELECT k.id, k.secret_hash, o.slug, u.email AS creator FROM api_keys k JOIN organizations o ON o.id = k.organization_id LEFT JOIN users u ON u.id = k.created_by WHERE k.prefix = @prefix AND k.revoked = false;
-- name: KeysExpiring :many
SELECT id, prefix, expires_at, expires_at - now() AS remaining, array_length(scopes, 1) AS scope_count, cardinality(scopes) AS n FROM api_keys WHERE expires_at BETWEEN now() AND now() + interval '7 days';
-- name: OrgBySlug :one
SELECT id, name, plan, settings ->> 'locale' AS locale, settings ? 'sso' AS has_sso, coalesce((settings ->> 'seats')::int, 5) AS seats, trial_ends_at > now() AS in_trial FROM organizations WHERE slug = $1 AND deleted_at IS NULL;
-- name: OrgTrialDays :one
SELECT CASE WHEN trial_ends_at IS NULL THEN 0 ELSE extract(day FROM trial_ends_at - now()) END AS days, coalesce(trial_ends_at > now(), false) AS trialing FROM organizations WHERE id = $1;
-- name: SoftDeleteOrg :one
UPDATE organizations SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING id, deleted_at;
-- name: DeletedOrgs :many
SELECT id, slug, deleted_at, now() - deleted_at AS since FROM organizations WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC;
-- name: InviteStats :many
SELECT invited_by, count(*) AS invited FROM memberships WHERE invited_by IS NOT NULL GROUP BY invited_by HAVING count(*) > 3;
-- name: TopInviters :many
SELECT u.id, u.email, s.invited FROM (SELECT invited_by, count(*) AS invited FROM memberships GROUP BY invited_by) s JOIN users u ON u.id = s.invited_by ORDER BY s.invited DESC LIMIT 10;
-- name: ActiveUsers :many
SELECT id, email, coalesce(display_name, email) AS shown FROM active_users WHERE last_seen_at > now() - interval '30 days';
-- name: UsersSeen :many
SELECT id, last_seen_at, date_trunc('day', last_seen_at) AS day FROM users WHERE last_seen_at >= @since;
-- name: SearchUsers :many
SELECT id, email, display_name FROM users WHERE deleted_at IS NULL AND (email ILIKE @q || '%' OR display_name ILIKE '%' || @q || '%') ORDER BY email LIMIT @n;
-- name: CreateCustomer :one
INSERT INTO customers (organization_id, external_id, name, email, country) VALUES ($1, $2, $3, $4, upper($5)) RETURNING *;
-- name: CustomerByExternal :one
SELECT * FROM customers WHERE organization_id = $1 AND external_id = $2;
-- name: CustomerBalance :many
SELECT c.id, c.name, c.balance, coalesce(sum(p.amount_cents), 0) AS paid, count(DISTINCT i.id) AS invoices, max(p.received_at) AS last_payment FROM customers c LEFT JOIN invoices i ON i.customer_id = c.id LEFT JOIN payments p ON p.invoice_id = i.id WHERE c.organization_id = $1 GROUP BY c.id ORDER BY c.name;
-- name: CustomersByCountry :many
SELECT coalesce(country, '??') AS country, count(*) AS customers, sum(balance) AS total, avg(balance) AS mean FROM customers GROUP BY country;
-- name: CreditCustomer :one
UPDATE customers SET balance = balance + @amount WHERE id = @id RETURNING balance;
-- name: MoveBalance :many
UPDATE customers c SET balance = c.balance + v.delta FROM (VALUES (@from_id::bigint, - @amount::numeric), (@to_id, @amount)) AS v (id, delta) WHERE c.id = v.id RETURNING c.id, c.balance, v.delta;
-- name: CreateInvoice :one
INSERT INTO invoices (organization_id, customer_id, number) SELECT c.organization_id, c.id, 'INV-' || lpad((count(i.id) + 1)::text, 6, '0') FROM customers c LEFT JOIN invoices i ON i.organization_id = c.organization_id WHERE c.id = @customer_id GROUP BY c.id RETURNING id, number, status, issued_on;
-- name: PaidInvoices :many
SELECT id, number, paid_at, issued_on, paid_at::date - issued_on AS days FROM invoices WHERE status = 'paid' AND organization_id = $1;
-- name: OpenInvoices :many
SELECT i.id, i.number, i.issued_on, i.due_on, i.due_on < current_date AS overdue, c.name FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.status = 'open';
-- name: IssuedInvoices :many
SELECT id, issued_on, extract(year FROM issued_on)::int AS year, to_char(issued_on, 'YYYY-MM') AS month FROM invoices WHERE status IN ('open', 'paid');
-- name: NotDraft :many
SELECT id, issued_on FROM invoices WHERE status <> 'draft';
-- name: IssueInvoice :one
UPDATE invoices SET status = 'open', issued_on = current_date, due_on = current_date + 30 WHERE id = $1 AND status = 'draft' RETURNING id, status, issued_on, due_on;
-- name: PayInvoice :one
WITH payment AS (INSERT INTO payments (invoice_id, amount_cents, method, reference) VALUES (@invoice_id, @amount, @method, @reference) RETURNING id, invoice_id, received_at) UPDATE invoices i SET status = 'paid', paid_at = payment.received_at FROM payment WHERE i.id = payment.invoice_id RETURNING i.id, i.status, i.paid_at, payment.id AS payment_id;
-- name: InvoiceTotal :one
SELECT total_cents, line_count, status FROM invoice_totals WHERE invoice_id = $1;
-- name: InvoiceWithLines :many
SELECT i.id, i.number, l.position, l.description, l.quantity * l.unit_cents AS cents, p.sku FROM invoices i LEFT JOIN invoice_lines l ON l.invoice_id = i.id LEFT JOIN products p ON p.id = l.product_id WHERE i.id = $1 ORDER BY l.position;
-- name: InvoiceJson :one
SELECT i.id, i.number, coalesce(jsonb_agg(jsonb_build_object('position', l.position, 'cents', l.unit_cents) ORDER BY l.position) FILTER (WHERE l.position IS NOT NULL), '[]'::jsonb) AS lines FROM invoices i LEFT JOIN invoice_lines l ON l.invoice_id = i.id WHERE i.id = $1 GROUP BY i.id;
-- name: AddLine :one
INSERT INTO invoice_lines (invoice_id, position, product_id, description, quantity, unit_cents) SELECT @invoice_id, coalesce(max(l.position), 0) + 1, p.id, p.title, @quantity, p.price_cents FROM products p LEFT JOIN invoice_lines l ON l.invoice_id = @invoice_id WHERE p.id = @product_id GROUP BY p.id RETURNING position, product_id, description, unit_cents;
-- name: LineDiscounts :many
SELECT invoice_id, position, round(quantity * unit_cents * (1 - coalesce(discount, 0)), 2) AS net, nullif(discount, 0) AS discount, greatest(discount, 0) AS at_least_zero FROM invoice_lines;
-- name: RevenueByMonth :many
SELECT date_trunc('month', p.received_at) AS month, sum(p.amount_cents) AS cents, count(*) AS payments, sum(p.amount_cents) FILTER (WHERE p.method = 'card') AS card FROM payments p JOIN invoices i ON i.id = p.invoice_id WHERE i.organization_id = $1 GROUP BY 1 ORDER BY 1;
-- name: RevenueSeries :many
SELECT d.day::date AS day, coalesce(sum(p.amount_cents), 0) AS cents FROM generate_series(@from_day::date, @to_day::date, interval '1 day') AS d (day) LEFT JOIN payments p ON p.received_at::date = d.day GROUP BY d.day ORDER BY d.day;
-- name: RunningTotal :many
SELECT id, amount_cents, sum(amount_cents) OVER (ORDER BY received_at, id) AS running, row_number() OVER (ORDER BY received_at) AS n, lag(amount_cents) OVER (ORDER BY received_at) AS previous, first_value(amount_cents) OVER (ORDER BY received_at) AS first FROM payments WHERE invoice_id = $1;
-- name: CustomerRank :many
SELECT c.id, c.name, rank() OVER (PARTITION BY c.organization_id ORDER BY c.balance DESC) AS rank, c.balance / nullif(sum(c.balance) OVER (PARTITION BY c.organization_id), 0) AS share FROM customers c;
-- name: Outstanding :one
SELECT count(*) AS invoices, coalesce(sum(t.total_cents), 0) AS cents FROM invoice_totals t WHERE t.organization_id = $1 AND t.status = 'open';
-- name: UnpaidAmounts :many
SELECT t.invoice_id, t.total_cents - coalesce(p.paid, 0) AS due FROM invoice_totals t LEFT JOIN (SELECT invoice_id, sum(amount_cents) AS paid FROM payments GROUP BY invoice_id) p USING (invoice_id) WHERE t.total_cents > coalesce(p.paid, 0);
-- name: PaymentsOfInvoices :many
SELECT i.id, p.paid, p.last FROM invoices i JOIN (SELECT invoice_id, sum(amount_cents) AS paid, max(received_at) AS last FROM payments GROUP BY invoice_id) p ON p.invoice_id = i.id;
-- name: LatestPayment :many
SELECT i.id, i.number, lp.amount_cents, lp.received_at FROM invoices i LEFT JOIN LATERAL (SELECT amount_cents, received_at FROM payments p WHERE p.invoice_id = i.id ORDER BY received_at DESC LIMIT 1) lp ON true WHERE i.organization_id = $1;
-- name: DistinctLatest :many
SELECT DISTINCT ON (p.invoice_id) p.invoice_id, p.amount_cents, p.reference FROM payments p ORDER BY p.invoice_id, p.received_at DESC;
-- name: CreateProject :one
INSERT INTO projects (organization_id, key, name, lead_id) VALUES ($1, upper($2), $3, $4) RETURNING id, key, name, lead_id, archived_at;
-- name: ProjectOverview :many
SELECT p.id, p.key, p.name, lead.display_name AS lead_name, lead.email AS lead_email, count(i.id) AS issues, count(i.id) FILTER (WHERE i.closed_at IS NULL) AS open, sum(i.estimate) AS estimate FROM projects p LEFT JOIN users lead ON lead.id = p.lead_id LEFT JOIN issues i ON i.project_id = p.id WHERE p.organization_id = $1 AND p.archived_at IS NULL GROUP BY p.id, lead.id;
-- name: ProjectTree :many
WITH RECURSIVE tree AS (SELECT id, name, parent_id, 0 AS depth, ARRAY[id] AS path FROM projects WHERE parent_id IS NULL AND organization_id = $1 UNION ALL SELECT p.id, p.name, p.parent_id, t.depth + 1, t.path || p.id FROM projects p JOIN tree t ON p.parent_id = t.id) SELECT id, name, parent_id, depth, path FROM tree ORDER BY path;
-- name: Ancestors :many
WITH RECURSIVE up AS (SELECT id, parent_id, name FROM projects WHERE id = $1 UNION SELECT p.id, p.parent_id, p.name FROM projects p JOIN up ON p.id = up.parent_id) SELECT id, name FROM up;
-- name: NextIssueNumber :one
SELECT coalesce(max(number), 0) + 1 AS next FROM issues WHERE project_id = $1;
-- name: CreateIssue :one
INSERT INTO issues (project_id, number, title, body, reporter_id, assignee_id) VALUES (@project_id, (SELECT coalesce(max(number), 0) + 1 FROM issues WHERE project_id = @project_id), @title, @body, @reporter_id, @assignee_id) RETURNING id, number, created_at, body, search;
-- name: GetIssue :one
SELECT sqlc.embed(issues), reporter.email AS reporter, assignee.email AS assignee FROM issues JOIN users reporter ON reporter.id = issues.reporter_id LEFT JOIN users assignee ON assignee.id = issues.assignee_id WHERE issues.project_id = $1 AND issues.number = $2;
-- name: IssueDetail :one
SELECT * FROM issue_details WHERE id = $1;
-- name: IssueByRef :one
SELECT * FROM issue_details WHERE project_id = $1 AND number = $2;
-- name: AssignedIssues :many
SELECT i.id, i.title, u.email AS assignee, p.key FROM issues i JOIN users u ON u.id = i.assignee_id JOIN projects p ON p.id = i.project_id WHERE i.closed_at IS NULL;
-- name: MyIssues :many
SELECT id, title, assignee_id, due_on, coalesce(due_on, current_date + 14) AS due, due_on IS NOT NULL AND due_on < current_date AS overdue FROM issues WHERE assignee_id = @user_id AND closed_at IS NULL ORDER BY priority, due_on NULLS LAST;
-- name: ClosedIssues :many
SELECT id, closed_at, closed_at - created_at AS took, extract(epoch FROM closed_at - created_at) AS seconds FROM issues WHERE closed_at IS NOT NULL;
-- name: CycleTime :many
SELECT project_id, avg(closed_at - created_at) AS mean, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - created_at)) AS median, count(*) AS n FROM issues WHERE closed_at IS NOT NULL GROUP BY project_id;
-- name: IssueLabels :many
SELECT i.id, i.title, coalesce(array_agg(l.name ORDER BY l.name) FILTER (WHERE l.id IS NOT NULL), '{}') AS labels FROM issues i LEFT JOIN issue_labels il ON il.issue_id = i.id LEFT JOIN labels l ON l.id = il.label_id WHERE i.project_id = $1 GROUP BY i.id;
-- name: IssueLabelsArray :many
SELECT i.id, ARRAY(SELECT l.name FROM issue_labels il JOIN labels l ON l.id = il.label_id WHERE il.issue_id = i.id ORDER BY 1) AS labels FROM issues i;
-- name: LabelUse :many
SELECT l.id, l.name, coalesce(l.color, '#ccc') AS color, count(il.issue_id) AS used FROM labels l LEFT JOIN issue_labels il ON il.label_id = l.id GROUP BY l.id HAVING count(il.issue_id) > 0;
-- name: AddLabel :execrows
INSERT INTO issue_labels (issue_id, label_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;
-- name: EnsureLabel :one
INSERT INTO labels (project_id, name, color) VALUES ($1, $2, $3) ON CONFLICT (project_id, name) DO UPDATE SET color = coalesce(EXCLUDED.color, labels.color) RETURNING id, name, color;
-- name: CloseIssue :one
UPDATE issues SET closed_at = now() WHERE id = $1 AND closed_at IS NULL RETURNING id, closed_at, assignee_id;
-- name: ReopenIssue :one
UPDATE issues SET closed_at = NULL WHERE id = $1 RETURNING id, closed_at;
-- name: AssignIssue :one
UPDATE issues i SET assignee_id = u.id FROM users u WHERE i.id = @issue_id AND u.id = @user_id RETURNING i.id, i.assignee_id, u.email;
-- name: PatchIssue :one
UPDATE issues SET title = coalesce(sqlc.narg(title), title), body = coalesce(sqlc.narg(body), body), priority = coalesce(sqlc.narg(priority), priority) WHERE id = @id RETURNING title, body, priority;
-- name: SearchIssues :many
SELECT i.id, i.title, ts_rank(i.search, q.query) AS rank, ts_headline('english', coalesce(i.body, i.title), q.query) AS headline FROM issues i, websearch_to_tsquery('english', @terms) AS q (query) WHERE i.search @@ q.query ORDER BY rank DESC LIMIT 20;
-- name: Comments :many
SELECT c.id, c.body, c.created_at, c.edited_at IS NOT NULL AS edited, coalesce(u.display_name, u.email, 'deleted user') AS author, parent.body AS parent_body FROM comments c LEFT JOIN users u ON u.id = c.author_id LEFT JOIN comments parent ON parent.id = c.reply_to WHERE c.issue_id = $1 ORDER BY c.created_at;
-- name: Replies :many
SELECT c.id, c.reply_to, p.body AS parent, p.created_at AS parent_at FROM comments c JOIN comments p ON p.id = c.reply_to WHERE p.issue_id = $1;
-- name: CommentCounts :many
SELECT i.id, count(c.id) AS comments, count(DISTINCT c.author_id) AS people, max(c.created_at) AS last FROM issues i JOIN comments c ON c.issue_id = i.id GROUP BY i.id;
-- name: LastCommentPerIssue :many
SELECT issue_id, author_id, body FROM (SELECT c.*, row_number() OVER (PARTITION BY issue_id ORDER BY created_at DESC) AS rn FROM comments c) x WHERE rn = 1;
-- name: MyChannels :many
SELECT c.id, coalesce(c.name, 'direct') AS name, cm.muted, (SELECT count(*) FROM messages m WHERE m.channel_id = c.id AND m.id > coalesce(cm.last_read_id, 0)) AS unread, (SELECT max(m.sent_at) FROM messages m WHERE m.channel_id = c.id) AS last_at FROM channels c JOIN channel_members cm ON cm.channel_id = c.id WHERE cm.user_id = $1;
-- name: PublicChannels :many
SELECT id, name, topic FROM channels WHERE NOT is_direct AND organization_id = $1 ORDER BY name;
-- name: DirectChannel :one
SELECT c.id FROM channels c WHERE c.is_direct AND EXISTS (SELECT 1 FROM channel_members a WHERE a.channel_id = c.id AND a.user_id = $1) AND EXISTS (SELECT 1 FROM channel_members b WHERE b.channel_id = c.id AND b.user_id = $2) LIMIT 1;
-- name: History :many
SELECT m.id, m.body, m.sent_at, u.id AS sender_id, coalesce(u.display_name, u.email) AS sender, jsonb_array_length(m.attachments) AS files, count(r.emoji) AS reactions FROM messages m JOIN users u ON u.id = m.sender_id LEFT JOIN reactions r ON r.message_id = m.id WHERE m.channel_id = @channel_id AND m.deleted_at IS NULL AND m.id < @before GROUP BY m.id, u.id ORDER BY m.id DESC LIMIT 50;
-- name: ReactionSummary :many
SELECT message_id, jsonb_object_agg(emoji, n) AS reactions FROM (SELECT message_id, emoji, count(*) AS n FROM reactions WHERE message_id = ANY(@ids::bigint[]) GROUP BY 1, 2) r GROUP BY message_id;
-- name: ThreadRoots :many
SELECT m.id, m.body, count(t.id) AS replies, max(t.sent_at) AS last_reply FROM messages m JOIN messages t ON t.thread_id = m.id GROUP BY m.id;
-- name: ThreadMessages :many
SELECT id, thread_id, body FROM messages WHERE thread_id = $1 OR id = $1 ORDER BY id;
-- name: SendMessage :one
WITH sent AS (INSERT INTO messages (channel_id, sender_id, body, thread_id) VALUES (@channel_id, @sender_id, @body, @thread_id) RETURNING *) SELECT sent.id, sent.sent_at, sent.thread_id, u.email, u.display_name FROM sent JOIN users u ON u.id = sent.sender_id;
-- name: MarkRead :one
UPDATE channel_members SET last_read_id = greatest(last_read_id, @message_id::bigint) WHERE channel_id = @channel_id AND user_id = @user_id RETURNING last_read_id;
-- name: MarkAllRead :many
UPDATE channel_members cm SET last_read_id = m.last_id FROM (SELECT channel_id, max(id) AS last_id FROM messages GROUP BY channel_id) m WHERE m.channel_id = cm.channel_id AND cm.user_id = $1 RETURNING cm.channel_id, cm.last_read_id;
-- name: ToggleReaction :one
WITH gone AS (DELETE FROM reactions WHERE message_id = @message_id AND user_id = @user_id AND emoji = @emoji RETURNING 1), added AS (INSERT INTO reactions (message_id, user_id, emoji) SELECT @message_id, @user_id, @emoji WHERE NOT EXISTS (SELECT FROM gone) RETURNING 1) SELECT EXISTS (SELECT FROM added) AS added;
-- name: UnreadCounts :many
SELECT cm.channel_id, count(m.id) AS unread, min(m.sent_at) AS oldest FROM channel_members cm LEFT JOIN messages m ON m.channel_id = cm.channel_id AND m.id > coalesce(cm.last_read_id, 0) WHERE cm.user_id = $1 GROUP BY cm.channel_id;
-- name: ProductBySku :one
SELECT * FROM products WHERE organization_id = $1 AND sku = $2;
-- name: ProductStock :many
SELECT p.id, p.sku, coalesce(sum(s.on_hand - s.reserved), 0) AS available, count(s.warehouse_id) AS warehouses FROM products p LEFT JOIN stock s ON s.product_id = p.id WHERE NOT p.archived GROUP BY p.id;
-- name: LowStock :many
SELECT w.code, p.sku, s.on_hand, s.reorder_at, s.reorder_at - s.on_hand AS missing FROM stock s JOIN warehouses w ON w.id = s.warehouse_id JOIN products p ON p.id = s.product_id WHERE s.on_hand < s.reorder_at;
-- name: StockMatrix :many
SELECT p.id, w.id AS warehouse_id, coalesce(s.on_hand, 0) AS on_hand FROM products p CROSS JOIN warehouses w LEFT JOIN stock s ON s.product_id = p.id AND s.warehouse_id = w.id;
-- name: Reserve :one
UPDATE stock SET reserved = reserved + @n WHERE warehouse_id = @warehouse_id AND product_id = @product_id AND on_hand - reserved >= @n RETURNING on_hand - reserved AS available;
-- name: Receive :one
WITH moved AS (INSERT INTO movements (warehouse_id, product_id, kind, quantity, cost) VALUES ($1, $2, 'in', $3, $4) RETURNING id, warehouse_id, product_id, quantity) UPDATE stock s SET on_hand = s.on_hand + moved.quantity FROM moved WHERE s.warehouse_id = moved.warehouse_id AND s.product_id = moved.product_id RETURNING s.on_hand, moved.id;
-- name: AverageCost :many
SELECT product_id, sum(quantity * cost) / nullif(sum(quantity) FILTER (WHERE cost IS NOT NULL), 0) AS mean, min(cost) AS cheapest FROM movements WHERE kind = 'in' AND cost IS NOT NULL GROUP BY product_id;
-- name: MovementsWithStock :many
SELECT m.id, m.quantity, s.on_hand, w.code, p.sku FROM movements m LEFT JOIN stock s ON s.warehouse_id = m.warehouse_id AND s.product_id = m.product_id LEFT JOIN warehouses w ON w.id = s.warehouse_id LEFT JOIN products p ON p.id = m.product_id;
-- name: NetMovements :many
SELECT product_id, sum(CASE kind WHEN 'in' THEN quantity WHEN 'out' THEN -quantity ELSE 0 END) AS net FROM movements GROUP BY product_id;
-- name: TaggedProducts :many
SELECT id, title, tags, tags[1] AS first_tag, array_to_string(tags, ', ') AS shown FROM products WHERE tags && @tags::text[];
-- name: TagCloud :many
SELECT tag, count(*) AS n FROM products, unnest(tags) AS tag GROUP BY tag ORDER BY n DESC;
-- name: PriceBands :many
SELECT CASE WHEN price_cents < 1000 THEN 'low' WHEN price_cents < 10000 THEN 'mid' ELSE 'high' END AS band, count(*) AS n, min(price_cents) AS low, max(price_cents) AS high, string_agg(sku, ',' ORDER BY sku) AS skus FROM products GROUP BY 1;
-- name: Weights :many
SELECT id, weight_grams / 1000.0 AS kg, coalesce(weight_grams, 0) AS grams, weight_grams IS NULL AS unknown FROM products WHERE weight_grams > 0 OR weight_grams IS NULL;
-- name: Heavy :many
SELECT id, weight_grams / 1000.0 AS kg FROM products WHERE weight_grams > 1000;
-- name: ImportProducts :many
INSERT INTO products (organization_id, sku, title, price_cents) SELECT @organization_id, x.sku, x.title, x.price FROM unnest(@skus::text[], @titles::text[], @prices::int[]) AS x (sku, title, price) ON CONFLICT (organization_id, sku) DO UPDATE SET title = EXCLUDED.title, price_cents = EXCLUDED.price_cents RETURNING id, sku, (xmax = 0) AS created;
-- name: EventCounts :many
SELECT name, date_trunc('hour', occurred_at) AS hour, count(*) AS n, count(DISTINCT user_id) AS users FROM events WHERE organization_id = $1 AND occurred_at >= @since GROUP BY name, hour;
-- name: EventUsers :many
SELECT e.id, e.name, u.email FROM events e LEFT JOIN users u ON u.id = e.user_id WHERE e.organization_id = $1;
-- name: Funnel :one
SELECT count(*) FILTER (WHERE name = 'visit') AS visits, count(DISTINCT user_id) FILTER (WHERE name = 'signup') AS signups, min(occurred_at) AS first, round(100.0 * count(*) FILTER (WHERE name = 'signup') / nullif(count(*), 0), 1) AS rate FROM events WHERE organization_id = $1;
-- name: EventProperties :many
SELECT id, properties ->> 'path' AS path, coalesce(properties ->> 'ref', '') AS ref, properties -> 'utm' ->> 'source' AS source, jsonb_typeof(properties) AS kind FROM events WHERE properties ? 'path';
-- name: Retention :many
WITH first AS (SELECT user_id, min(occurred_at)::date AS day FROM events WHERE user_id IS NOT NULL GROUP BY user_id), active AS (SELECT DISTINCT user_id, occurred_at::date AS day FROM events WHERE user_id IS NOT NULL) SELECT f.day AS cohort, a.day - f.day AS age, count(*) AS users FROM first f JOIN active a USING (user_id) GROUP BY 1, 2;
-- name: SessionsOfEvents :many
SELECT user_id, occurred_at, occurred_at - lag(occurred_at) OVER w AS gap, coalesce(lead(name) OVER w, 'end') AS next_name, count(*) OVER (PARTITION BY user_id) AS total FROM events WHERE user_id IS NOT NULL WINDOW w AS (PARTITION BY user_id ORDER BY occurred_at);
-- name: ClaimJob :one
UPDATE jobs SET state = 'running', locked_by = @worker, locked_at = now(), attempts = attempts + 1 WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND run_at <= now() AND queue = @queue ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id, kind, args, attempts, locked_by, locked_at, last_error;
-- name: FinishJob :one
UPDATE jobs SET state = 'done', finished_at = now(), locked_by = NULL, locked_at = NULL WHERE id = $1 AND state = 'running' RETURNING id, state, finished_at;
-- name: FailJob :one
UPDATE jobs SET state = CASE WHEN attempts >= max_attempts THEN 'failed'::job_state ELSE 'queued' END, last_error = @error, locked_by = NULL, locked_at = NULL, run_at = now() + make_interval(secs => power(2, attempts)) WHERE id = @id RETURNING state, run_at, last_error;
-- name: EnqueueUnique :one
INSERT INTO jobs (kind, args, unique_key) VALUES (@kind, @args, @unique_key) ON CONFLICT (unique_key) WHERE state IN ('queued', 'running') DO NOTHING RETURNING id, unique_key;
-- name: JobByKey :one
SELECT id, state FROM jobs WHERE unique_key = $1 AND state = 'queued';
-- name: PendingByKey :one
SELECT id, unique_key, state FROM jobs WHERE unique_key = $1 AND state IN ('queued', 'running');
-- name: RunningJobs :many
SELECT id, locked_by, locked_at, now() - locked_at AS running_for FROM jobs WHERE state = 'running';
-- name: QueueStats :many
SELECT queue, state, count(*) AS n, min(run_at) AS oldest, avg(attempts) AS attempts FROM jobs GROUP BY queue, state;
-- name: QueueRollup :many
SELECT queue, state, count(*) AS n FROM jobs GROUP BY ROLLUP (queue, state);
-- name: StuckJobs :many
UPDATE jobs SET state = 'queued', locked_at = NULL, locked_by = NULL WHERE state = 'running' AND locked_at < now() - interval '10 minutes' RETURNING id, queue, attempts;
-- name: PurgeJobs :one
WITH gone AS (DELETE FROM jobs WHERE state = 'done' AND finished_at < now() - interval '7 days' RETURNING 1) SELECT count(*) FROM gone;
-- name: WriteAudit :one
INSERT INTO audit_log (organization_id, actor_id, action, target, after) VALUES ($1, $2, $3, $4, $5) RETURNING id, at, actor_id;
-- name: AuditTrail :many
SELECT a.id, a.action, a.at, coalesce(u.email, 'system') AS actor, a.target, a.after - 'secret' AS after, a.before IS NULL AS created FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id WHERE a.organization_id = $1 AND (sqlc.narg(action)::text IS NULL OR a.action = sqlc.narg(action)) ORDER BY a.at DESC LIMIT @n OFFSET @skip;
-- name: UserAudit :many
SELECT a.id, a.actor_id, u.email FROM audit_log a INNER JOIN users u ON u.id = a.actor_id AND u.deleted_at IS NULL;
-- name: SetSetting :one
INSERT INTO settings (organization_id, key, value, updated_by) VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, key) DO UPDATE SET value = EXCLUDED.value, updated_by = EXCLUDED.updated_by RETURNING value, updated_by;
-- name: Settings :one
SELECT coalesce(jsonb_object_agg(key, value), '{}') AS settings FROM settings WHERE organization_id = $1;
-- name: SettingOrDefault :one
SELECT coalesce((SELECT value FROM settings WHERE organization_id = $1 AND key = $2), '"none"'::jsonb) AS value;
-- name: SettingsWithUser :many
SELECT s.key, s.value, u.email AS updated_by FROM settings s LEFT JOIN users u ON u.id = s.updated_by WHERE s.organization_id = $1 UNION ALL SELECT 'default', 'null'::jsonb, NULL ORDER BY 1;
-- name: Dashboard :one
SELECT (SELECT count(*) FROM users WHERE deleted_at IS NULL) AS users, (SELECT count(*) FROM issues WHERE closed_at IS NULL) AS open_issues, (SELECT coalesce(sum(amount_cents), 0) FROM payments) AS revenue, (SELECT max(created_at) FROM users) AS last_signup, (SELECT name FROM organizations WHERE id = $1) AS org_name;
-- name: Activity :many
SELECT 'issue' AS kind, id, title AS text, created_at AS at FROM issues UNION ALL SELECT 'comment', id, left(body, 80), created_at FROM comments UNION ALL SELECT 'payment', id, coalesce(reference, method), received_at FROM payments ORDER BY at DESC LIMIT 50;
-- name: MergeStock :many
MERGE INTO stock s USING (SELECT * FROM unnest(@warehouses::int[], @products::bigint[], @counts::int[]) AS t (warehouse_id, product_id, counted)) t ON s.warehouse_id = t.warehouse_id AND s.product_id = t.product_id WHEN MATCHED THEN UPDATE SET on_hand = t.counted WHEN NOT MATCHED THEN INSERT (warehouse_id, product_id, on_hand) VALUES (t.warehouse_id, t.product_id, t.counted) RETURNING merge_action() AS action, s.warehouse_id, s.on_hand;
-- name: TransferOwnership :many
UPDATE memberships SET role = CASE user_id WHEN @new_owner::bigint THEN 'owner'::member_role ELSE 'admin' END WHERE organization_id = @organization_id AND user_id IN (@new_owner, @old_owner::bigint) RETURNING user_id, role;
-- name: GuestsOnly :many
SELECT u.id, u.email FROM users u WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.role <> 'guest');
-- name: UsersInBoth :many
SELECT user_id FROM memberships WHERE organization_id = $1 INTERSECT SELECT user_id FROM memberships WHERE organization_id = $2;
-- name: UserProfile :one
SELECT u.id, u.email, u.display_name, json_build_object('orgs', (SELECT count(*) FROM memberships m WHERE m.user_id = u.id)) AS stats, (SELECT json_agg(o.slug) FROM organizations o JOIN memberships m ON m.organization_id = o.id WHERE m.user_id = u.id) AS slugs, s.last_ip FROM users u LEFT JOIN LATERAL (SELECT ip AS last_ip FROM sessions WHERE user_id = u.id ORDER BY created_at DESC LIMIT 1) s ON true WHERE u.id = $1;
-- name: InvoiceNumbersTaken :many
SELECT number FROM invoices WHERE organization_id = $1 AND number = ANY(@numbers::text[]);
-- name: DueSoon :many
SELECT i.id, i.due_on, i.due_on - current_date AS days, lower(c.email) AS email FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.status = 'open' AND i.due_on <= current_date + 3 AND c.email IS NOT NULL;
-- name: EmailDomains :many
SELECT split_part(email, '@', 2) AS domain, count(*) AS n FROM users GROUP BY 1 HAVING count(*) > 1;
-- name: CustomerEmails :many
SELECT id, lower(trim(email)) AS email, substring(email FROM '@(.*)$') AS domain, length(email) AS len FROM customers WHERE email IS NOT NULL AND email <> '';
-- name: WeeklyHours :many
SELECT extract(dow FROM created_at)::int AS dow, to_char(created_at, 'HH24') AS hour, count(*) AS n FROM issues GROUP BY 1, 2;
-- name: CoalescedKeys :many
SELECT coalesce(i.assignee_id, i.reporter_id) AS responsible, count(*) AS n FROM issues i WHERE i.closed_at IS NULL GROUP BY 1;
-- name: FullStock :many
SELECT coalesce(a.product_id, b.product_id) AS product_id, coalesce(a.on_hand, 0) AS first, coalesce(b.on_hand, 0) AS second FROM (SELECT product_id, on_hand FROM stock WHERE warehouse_id = 1) a FULL JOIN (SELECT product_id, on_hand FROM stock WHERE warehouse_id = 2) b ON a.product_id = b.product_id;
-- name: FullStockUsing :many
SELECT product_id, a.on_hand AS first, b.on_hand AS second FROM (SELECT product_id, on_hand FROM stock WHERE warehouse_id = 1) a FULL JOIN (SELECT product_id, on_hand FROM stock WHERE warehouse_id = 2) b USING (product_id);
-- name: MembersOrInvited :many
SELECT m.user_id, u.display_name FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.display_name IS NOT NULL AND m.role IN ('owner', 'admin');
