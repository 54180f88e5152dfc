"""Why an item stopped or could not be delivered: 35 reasons in 6 families, and what is done next.

The vocabulary is the one of Karrio's `TrackingIncidentReason` (so that carriers' adapters map to it one to
one), named in Spanish. The text shown to people never blames the recipient by name.
"""

from dataclasses import dataclass
from enum import StrEnum

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class FamiliaMotivo(StrEnum):
    """On whose side the cause lies."""

    TRANSPORTISTA = "transportista"
    REMITENTE = "remitente"
    DESTINATARIO = "destinatario"
    ADUANA = "aduana"
    FUERZA_MAYOR = "fuerza_mayor"
    OTRO = "otro"


class Motivo(StrEnum):
    PAQUETE_DANADO = "paquete_danado"
    ERROR_DE_CLASIFICACION = "error_de_clasificacion"
    DIRECCION_NO_ENCONTRADA = "direccion_no_encontrada"
    PAQUETE_EXTRAVIADO = "paquete_extraviado"
    FALTO_TIEMPO = "falto_tiempo"
    PROBLEMA_DE_VEHICULO = "problema_de_vehiculo"
    CAPACIDAD_EXCEDIDA = "capacidad_excedida"
    DEMORA_MECANICA = "demora_mecanica"
    REMITENTE_CANCELO = "remitente_cancelo"
    REMITENTE_DATOS_INCORRECTOS = "remitente_datos_incorrectos"
    REMITENTE_NO_LISTO = "remitente_no_listo"
    REMITENTE_PAQUETE_EQUIVOCADO = "remitente_paquete_equivocado"
    REMITENTE_MEDIDAS_INCORRECTAS = "remitente_medidas_incorrectas"
    REMITENTE_EMBALAJE = "remitente_embalaje"
    DESTINATARIO_RECHAZO = "destinatario_rechazo"
    DESTINATARIO_LOCAL_CERRADO = "destinatario_local_cerrado"
    DESTINATARIO_NO_DISPONIBLE = "destinatario_no_disponible"
    DESTINATARIO_AUSENTE = "destinatario_ausente"
    DESTINATARIO_CANCELO = "destinatario_cancelo"
    DESTINATARIO_SIN_VERIFICAR = "destinatario_sin_verificar"
    DESTINATARIO_DIRECCION_INCORRECTA = "destinatario_direccion_incorrecta"
    DESTINATARIO_ACCESO_RESTRINGIDO = "destinatario_acceso_restringido"
    DESTINATARIO_SIN_LUGAR_SEGURO = "destinatario_sin_lugar_seguro"
    ADUANA_DEMORA = "aduana_demora"
    ADUANA_DOCUMENTOS = "aduana_documentos"
    ADUANA_TRIBUTOS_IMPAGOS = "aduana_tributos_impagos"
    ADUANA_PROHIBIDO = "aduana_prohibido"
    ADUANA_INSPECCION = "aduana_inspeccion"
    CLIMA = "clima"
    DESASTRE_NATURAL = "desastre_natural"
    FUERZA_MAYOR = "fuerza_mayor"
    EN_INVESTIGACION = "en_investigacion"
    SEGURIDAD = "seguridad"
    RETENCION_LEGAL = "retencion_legal"
    DESCONOCIDO = "desconocido"

    @property
    def ficha(self) -> "FichaMotivo":
        return MOTIVOS[self]


class AccionIntento(StrEnum):
    """What follows a failed attempt (EMSEVT asks for a reason **and** an action with EMH)."""

    NUEVO_INTENTO = "nuevo_intento"
    RETENER_EN_AGENCIA = "retener_en_agencia"
    ESPERAR_INSTRUCCIONES = "esperar_instrucciones"
    DEVOLVER = "devolver"

    @property
    def texto(self) -> str:
        return {
            AccionIntento.NUEVO_INTENTO: _("Se intentará otra vez"),
            AccionIntento.RETENER_EN_AGENCIA: _("Queda en la agencia para que lo retiren"),
            AccionIntento.ESPERAR_INSTRUCCIONES: _("Se esperan instrucciones del remitente"),
            AccionIntento.DEVOLVER: _("Se devuelve al remitente"),
        }[self]


@dataclass(frozen=True, slots=True)
class FichaMotivo:
    karrio: str
    familia: FamiliaMotivo
    mensaje: str

    @property
    def texto(self) -> str:
        return str(self.mensaje)


def _ficha(karrio: str, familia: FamiliaMotivo, texto: str) -> FichaMotivo:
    return FichaMotivo(karrio, familia, texto)


_T, _R, _D = FamiliaMotivo.TRANSPORTISTA, FamiliaMotivo.REMITENTE, FamiliaMotivo.DESTINATARIO
_A, _F, _O = FamiliaMotivo.ADUANA, FamiliaMotivo.FUERZA_MAYOR, FamiliaMotivo.OTRO

MOTIVOS: dict[Motivo, FichaMotivo] = {
    Motivo.PAQUETE_DANADO: _ficha("carrier_damaged_parcel", _T, _l("El paquete se dañó")),
    Motivo.ERROR_DE_CLASIFICACION: _ficha("carrier_sorting_error", _T, _l("Se clasificó a otro destino")),
    Motivo.DIRECCION_NO_ENCONTRADA: _ficha("carrier_address_not_found", _T, _l("No se encontró el lugar")),
    Motivo.PAQUETE_EXTRAVIADO: _ficha("carrier_parcel_lost", _T, _l("El paquete está extraviado")),
    Motivo.FALTO_TIEMPO: _ficha("carrier_not_enough_time", _T, _l("El recorrido terminó antes de llegar")),
    Motivo.PROBLEMA_DE_VEHICULO: _ficha("carrier_vehicle_issue", _T, _l("Problema con el vehículo")),
    Motivo.CAPACIDAD_EXCEDIDA: _ficha("carrier_capacity_exceeded", _T, _l("No había capacidad")),
    Motivo.DEMORA_MECANICA: _ficha("carrier_mechanical_delay", _T, _l("Demora por falla mecánica")),
    Motivo.REMITENTE_CANCELO: _ficha("retailer_cancelled", _R, _l("El remitente canceló el envío")),
    Motivo.REMITENTE_DATOS_INCORRECTOS: _ficha(
        "retailer_incorrect_data", _R, _l("Los datos del envío no eran correctos")
    ),
    Motivo.REMITENTE_NO_LISTO: _ficha("retailer_not_ready", _R, _l("El paquete no estaba listo")),
    Motivo.REMITENTE_PAQUETE_EQUIVOCADO: _ficha(
        "retailer_incorrect_parcel", _R, _l("El paquete no era el anunciado")
    ),
    Motivo.REMITENTE_MEDIDAS_INCORRECTAS: _ficha(
        "retailer_incorrect_dimensions", _R, _l("El peso o las medidas no eran los anunciados")
    ),
    Motivo.REMITENTE_EMBALAJE: _ficha(
        "retailer_packaging_issue", _R, _l("El embalaje no protege el contenido")
    ),
    Motivo.DESTINATARIO_RECHAZO: _ficha("consignee_refused", _D, _l("No se aceptó el paquete")),
    Motivo.DESTINATARIO_LOCAL_CERRADO: _ficha("consignee_business_closed", _D, _l("El local estaba cerrado")),
    Motivo.DESTINATARIO_NO_DISPONIBLE: _ficha(
        "consignee_not_available", _D, _l("No se pudo recibir en ese momento")
    ),
    Motivo.DESTINATARIO_AUSENTE: _ficha("consignee_not_home", _D, _l("No había nadie en el lugar")),
    Motivo.DESTINATARIO_CANCELO: _ficha("consignee_cancelled", _D, _l("Se canceló la entrega")),
    Motivo.DESTINATARIO_SIN_VERIFICAR: _ficha(
        "consignee_verification_failed", _D, _l("No se pudo comprobar quién recibía")
    ),
    Motivo.DESTINATARIO_DIRECCION_INCORRECTA: _ficha(
        "consignee_incorrect_address", _D, _l("El lugar no era el correcto")
    ),
    Motivo.DESTINATARIO_ACCESO_RESTRINGIDO: _ficha(
        "consignee_access_restricted", _D, _l("No se pudo entrar al lugar")
    ),
    Motivo.DESTINATARIO_SIN_LUGAR_SEGURO: _ficha(
        "consignee_safe_place_unavailable", _D, _l("No había un lugar seguro donde dejarlo")
    ),
    Motivo.ADUANA_DEMORA: _ficha("customs_delay", _A, _l("Demora en aduana")),
    Motivo.ADUANA_DOCUMENTOS: _ficha("customs_documentation", _A, _l("Faltan documentos para la aduana")),
    Motivo.ADUANA_TRIBUTOS_IMPAGOS: _ficha("customs_duties_unpaid", _A, _l("Faltan pagar tributos")),
    Motivo.ADUANA_PROHIBIDO: _ficha("customs_prohibited", _A, _l("La aduana no permite el contenido")),
    Motivo.ADUANA_INSPECCION: _ficha("customs_inspection", _A, _l("Inspección de aduana")),
    Motivo.CLIMA: _ficha("weather_delay", _F, _l("Demora por el clima")),
    Motivo.DESASTRE_NATURAL: _ficha("natural_disaster", _F, _l("Desastre natural")),
    Motivo.FUERZA_MAYOR: _ficha("force_majeure", _F, _l("Bloqueo u otra fuerza mayor")),
    Motivo.EN_INVESTIGACION: _ficha("parcel_being_researched", _O, _l("Se está investigando")),
    Motivo.SEGURIDAD: _ficha("security_issue", _O, _l("Motivo de seguridad")),
    Motivo.RETENCION_LEGAL: _ficha("regulatory_hold", _O, _l("Retención por una norma")),
    Motivo.DESCONOCIDO: _ficha("unknown", _O, _l("Motivo no informado")),
}

# What a carrier can meet at the door, in the order the form offers it.
MOTIVOS_DE_INTENTO: tuple[Motivo, ...] = (
    Motivo.DESTINATARIO_AUSENTE,
    Motivo.DESTINATARIO_NO_DISPONIBLE,
    Motivo.DESTINATARIO_LOCAL_CERRADO,
    Motivo.DESTINATARIO_RECHAZO,
    Motivo.DESTINATARIO_SIN_VERIFICAR,
    Motivo.DIRECCION_NO_ENCONTRADA,
    Motivo.DESTINATARIO_DIRECCION_INCORRECTA,
    Motivo.DESTINATARIO_ACCESO_RESTRINGIDO,
    Motivo.DESTINATARIO_SIN_LUGAR_SEGURO,
    Motivo.FALTO_TIEMPO,
    Motivo.PROBLEMA_DE_VEHICULO,
    Motivo.CLIMA,
    Motivo.FUERZA_MAYOR,
)


def opciones_de_motivo() -> list[tuple[str, str]]:
    return [(m.value, m.ficha.texto) for m in MOTIVOS_DE_INTENTO]


def opciones_de_accion() -> list[tuple[str, str]]:
    return [(a.value, a.texto) for a in AccionIntento]
