import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type Organisation = Schemas['OwnOrganisation']
export type Member = Schemas['Member']
export type Invitation = Schemas['Invitation']
export type Role = Schemas['Role']
export type Application = Omit<Schemas['Application'], 'reasons'> & { reasons: string[] }

const MOST = { query: { page_size: 100 } as never }
const of = (organisation: number) => ({ organisation_id: organisation })

export const organisation = async (id: number) =>
  (await read(http.GET('/api/v1/organisations/{organisation_id}', { params: { path: of(id) } }))) as unknown as Organisation
export const change = (id: number, body: Partial<Organisation>) =>
  read(http.PATCH('/api/v1/organisations/{organisation_id}', { params: { path: of(id) }, body: body as never }))
export const switchRecommendations = (id: number, on: boolean) =>
  read(http.PUT('/api/v1/organisations/{organisation_id}/recommendations', { params: { path: of(id) }, body: { on } }))

export const members = async (id: number) => (await read(http.GET('/api/v1/organisations/{organisation_id}/members', { params: { path: of(id), ...MOST } }))).results
export const roles = async (id: number) => (await read(http.GET('/api/v1/organisations/{organisation_id}/roles', { params: { path: of(id) } }))).results
export const invitations = async (id: number) =>
  (await read(http.GET('/api/v1/organisations/{organisation_id}/invitations', { params: { path: of(id), ...MOST } }))).results
export const invite = (id: number, body: { email: string; role: string }) =>
  read(http.POST('/api/v1/organisations/{organisation_id}/invitations', { params: { path: of(id) }, body }))
export const withdrawInvitation = (id: number, invitation: number) =>
  read(http.DELETE('/api/v1/organisations/{organisation_id}/invitations/{invitation_id}', { params: { path: { ...of(id), invitation_id: invitation } } }))

const member = (id: number, membership: number) => ({ params: { path: { ...of(id), membership_id: membership } } })
export const changeMember = (id: number, membership: number, body: { role?: string; is_steward?: true }) =>
  read(http.PATCH('/api/v1/organisations/{organisation_id}/members/{membership_id}', { ...member(id, membership), body }))
export const endMembership = (id: number, membership: number) =>
  read(http.DELETE('/api/v1/organisations/{organisation_id}/members/{membership_id}', member(id, membership)))

export const applications = async (id: number) =>
  (await read(http.GET('/api/v1/organisations/{organisation_id}/applications', { params: { path: of(id) } }))).results as Application[]
export const apply = (id: number, body: { purpose: 'verification' | 'claim'; evidence: string[]; uscc?: string; note?: string }) =>
  read(http.POST('/api/v1/organisations/{organisation_id}/applications', { params: { path: of(id) }, body: body as never }))
export const withdrawApplication = (id: number, application: number) =>
  read(http.DELETE('/api/v1/organisations/{organisation_id}/applications/{application_id}', { params: { path: { ...of(id), application_id: application } } }))
