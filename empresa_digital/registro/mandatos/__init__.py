"""Who acts for whom, and up to what."""

import empresa_digital.registro.mandatos.apartado  # noqa: F401 - its section of every record
from empresa_digital.registro.mandatos.aceptar import aceptar_mandato, declinar_mandato
from empresa_digital.registro.mandatos.acto import limites_en_palabras
from empresa_digital.registro.mandatos.apoderados import (
    Apoderado,
    alguien_mas,
    apoderados_con,
    firman_otros,
    mandatos_con,
    sostener_mandato,
)
from empresa_digital.registro.mandatos.asignar import asignar_cliente
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO, notificar_unidad
from empresa_digital.registro.mandatos.cadenas import ascendientes
from empresa_digital.registro.mandatos.clientes import clientes_atendidos
from empresa_digital.registro.mandatos.consultas import (
    cedula_de,
    contar_ofrecidos,
    mandatos_de,
    nombres_de_apoderados,
)
from empresa_digital.registro.mandatos.contexto import visitante_tiene
from empresa_digital.registro.mandatos.errores import (
    EsperaFirmas,
    LimiteDeMandato,
    MontoExcedido,
    SinFacultad,
    UnidadInactiva,
)
from empresa_digital.registro.mandatos.esquemas import MandatoSalida, PersonaReferencia
from empresa_digital.registro.mandatos.facultades import (
    CON_LO_SUYO,
    FirmasPosibles,
    exigir_con_otros,
    exigir_facultad,
    exigir_regulador,
    facultades_de,
    proveer_autoridades,
    tiene_facultad,
    unidades_de,
    unidades_representadas,
)
from empresa_digital.registro.mandatos.formularios import (
    CASILLAS_DE_FACULTADES,
    LIMITE_POR_ACTO,
    LUGAR_DE_FACULTADES,
    VIGENCIA_Y_RESPALDO,
    FacultadesMarcadas,
)
from empresa_digital.registro.mandatos.otorgar import (
    ADMINISTRABLES,
    NuevoMandato,
    exigir_dentro_de,
    otorgar_con,
    otorgar_mandato,
)
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.presentar import mandatos_salida
from empresa_digital.registro.mandatos.remover import proponer_remocion
from empresa_digital.registro.mandatos.revocar import revocar_mandato, terminar
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.mandatos.uso import (
    Compromiso,
    devolver_compromiso,
    limite_en_palabras,
    usar_mandato,
)
from empresa_digital.registro.mandatos.visibles import (
    actua,
    administra,
    de_la_casa,
    es_regulador,
    puede,
    unidad_propia,
    unidad_visible,
)

__all__ = [
    "ADMINISTRABLES",
    "AVISO_MANDATO",
    "CASILLAS_DE_FACULTADES",
    "CON_LO_SUYO",
    "LIMITE_POR_ACTO",
    "LUGAR_DE_FACULTADES",
    "VIGENCIA_Y_RESPALDO",
    "Apoderado",
    "Compromiso",
    "EsperaFirmas",
    "Facultad",
    "FacultadesMarcadas",
    "FirmasPosibles",
    "LimiteDeMandato",
    "MandatoSalida",
    "MontoExcedido",
    "NuevoMandato",
    "PersonaReferencia",
    "SinFacultad",
    "UnidadInactiva",
    "aceptar_mandato",
    "actua",
    "administra",
    "alguien_mas",
    "apoderados_con",
    "ascendientes",
    "asignar_cliente",
    "cedula_de",
    "clientes_atendidos",
    "contar_ofrecidos",
    "de_la_casa",
    "declinar_mandato",
    "devolver_compromiso",
    "es_regulador",
    "exigir_con_otros",
    "exigir_dentro_de",
    "exigir_facultad",
    "exigir_regulador",
    "facultades_de",
    "facultades_en_palabras",
    "firman_otros",
    "limite_en_palabras",
    "limites_en_palabras",
    "mandatos_con",
    "mandatos_de",
    "mandatos_salida",
    "nombres_de_apoderados",
    "notificar_unidad",
    "otorgar_con",
    "otorgar_mandato",
    "proponer_remocion",
    "proveer_autoridades",
    "puede",
    "revocar_mandato",
    "sostener_mandato",
    "terminar",
    "tiene_facultad",
    "unidad_propia",
    "unidad_visible",
    "unidades_de",
    "unidades_representadas",
    "usar_mandato",
    "visitante_tiene",
]
