import type { ClientBase, Pool } from 'pg';
import { demoSlots } from './clinics/agenda.ts';
import { demoAppointments } from './clinics/appointments.ts';
import { demoConversations, type Row } from './clinics/conversations.ts';
import { demoPatients } from './clinics/patients.ts';
import { demoClinics, demoPractitioners, demoSpecialties } from './clinics/places.ts';
import { demoSchedules } from './clinics/schedules.ts';

/**
 * Three clinics with twelve practitioners: two months of agenda around `now`, 2,000 appointments, 600 patients and the
 * conversations of the front desk. Running it again, also later, changes nothing. Nobody is told of the rows.
 */
export async function seedClinics(pool: Pool, now: Date): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    // A later run would open other days, which are other rows: the demo's agenda is made once.
    const { rowCount } = await client.query('SELECT 1 FROM clinics.clinics WHERE id = $1', [demoClinics.centro.id]);
    if (rowCount === 0) await insertAll(client, now);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
  await pool.query(
    'ANALYZE clinics.slots, clinics.appointments, clinics.patients, clinics.conversations, clinics.messages',
  );
}

async function insertAll(client: ClientBase, now: Date): Promise<void> {
  const clinics = Object.values(demoClinics);
  const slots = demoSlots(now);
  const patients = demoPatients(now);
  const talks = demoConversations(patients, demoAppointments(slots, patients, now), now);

  await insert(
    client,
    'specialties',
    Object.values(demoSpecialties).map((row) => ({ ...row, is_active: true, created_at: now })),
  );
  await insert(
    client,
    'clinics',
    clinics.map(({ id, code, name, site, phone, address, whatsappPhoneNumberId }) => ({
      ...{ id, code, name, phone, address, site_id: site.id, company_id: site.companyId, time_zone: site.timeZone },
      ...{
        whatsapp_phone_number_id: whatsappPhoneNumberId,
        hold_minutes: 10,
        reminder_hours: [24, 3],
        is_active: true,
      },
      ...{ created_at: now, updated_at: now },
    })),
  );
  await insert(
    client,
    'practitioners',
    demoPractitioners.map(({ id, name, registrationNumber, clinic }) => ({
      ...{ id, name, company_id: clinic.site.companyId, registration_number: registrationNumber },
      ...{ is_active: true, created_at: now, updated_at: now },
    })),
  );
  await insert(
    client,
    'practitioner_clinics',
    demoPractitioners.map(({ id, clinic }) => ({ practitioner_id: id, clinic_id: clinic.id })),
  );
  await insert(
    client,
    'practitioner_specialties',
    demoPractitioners.map(({ id, specialty }) => ({ practitioner_id: id, specialty_id: specialty.id })),
  );
  await insert(client, 'schedules', demoSchedules(now));
  await insert(
    client,
    'slots',
    slots.map(({ id, practitioner, startAt, endAt, isClosed }) => ({
      ...{ id, clinic_id: practitioner.clinic.id, site_id: practitioner.clinic.site.id },
      ...{ company_id: practitioner.clinic.site.companyId, practitioner_id: practitioner.id },
      ...{ specialty_id: practitioner.specialty.id, start_at: startAt, end_at: endAt },
      ...{ status: isClosed ? 'BUSY_UNAVAILABLE' : 'FREE', created_at: now, updated_at: now },
    })),
  );
  await insert(
    client,
    'patients',
    patients.map(({ id, companyId, documentNumber, name, phone, email, birthDate, hasConsented }) => ({
      ...{
        id,
        name,
        phone,
        email,
        company_id: companyId,
        document_type: 'NATIONAL_ID',
        document_number: documentNumber,
      },
      ...{ birth_date: birthDate, consented_at: hasConsented ? now : null, created_at: now, updated_at: now },
    })),
  );
  await insert(client, 'conversations', talks.conversations);
  await insert(client, 'messages', talks.messages);
  await insert(client, 'appointments', talks.appointments);
}

/** Inserts rows whose keys are the columns: all rows of a call have the same. */
async function insert(client: ClientBase, table: string, rows: readonly (Row | object)[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((column) => `"${column}"`)
    .join(', ');
  await client.query(
    `INSERT INTO clinics.${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::clinics.${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
