"""The versions of the rates of an operator: begun, filled from files, published from a date, taken back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from envios.tarifas.bloqueos import tarifario_bloqueado, tarifarios_bloqueados
from envios.tarifas.consultas import (
    borrador_de,
    faltas_de,
    lineas_de,
    todos_los_lugares,
    vigente_de,
)
from envios.tarifas.errores import (
    TarifarioIncompleto,
    TarifarioInexistente,
    TarifarioNoAdmite,
    VigenciaOcupada,
)
from envios.tarifas.estados import VIDA_TARIFARIO, EstadoTarifario
from envios.tarifas.modelos import Tarifario
from envios.tarifas.palabras import falta_en_palabras
from envios.tarifas.tablas import FORMAS, Que, leer
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos.recibido import Recibido
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.limites import limitar
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

ARCHIVOS_POR_HORA = 60
ANTICIPACION_MAXIMA = timedelta(days=366)
_LOTE = 1000


def empezar(sesion: Session, actor: Actor, operador_unidad_id: UUID, *, id: UUID) -> Tarifario:
    """A draft with the lines of the version in force, if there is one. The same id again is the same draft.

    Raises `SinFacultad`, `SinHabilitacion`, and `TarifarioNoAdmite` while there is another one.
    """
    autorizacion = exigir_facultad(sesion, actor, operador_unidad_id, Facultad.ADMINISTRAR)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL)
    anteriores = tarifarios_bloqueados(sesion, operador_unidad_id)
    hallado = borrador_de(sesion, operador_unidad_id)
    if hallado is not None and hallado.id == id:
        return hallado
    if hallado is not None:
        raise TarifarioNoAdmite(_("Ya tiene una versión sin publicar: ábrala, publíquela o descártela."))
    tarifario = Tarifario(
        id=id,
        operador_unidad_id=operador_unidad_id,
        numero=1 + max((t.numero for t in anteriores), default=0),
        creado_por=actor.nombre[:120],
    )
    sesion.add(tarifario)
    sesion.flush()
    vigente = vigente_de(sesion, operador_unidad_id, ahora_bd(sesion))
    if vigente is not None:
        _copiar(sesion, vigente, tarifario)
    _anotar(sesion, autorizacion, tarifario, "empezar")
    return tarifario


def _copiar(sesion: Session, de: Tarifario, a: Tarifario) -> None:
    for que in Que:
        filas = [fila.model_dump() | {"tarifario_id": a.id} for fila in lineas_de(sesion, de.id, que)]
        _escribir(sesion, que, filas)
    a.leido = {que.value: {"version": de.numero} for que in Que}
    sesion.flush()


def importar(sesion: Session, actor: Actor, tarifario_id: UUID, que: Que, recibido: Recibido) -> Tarifario:
    """Replace a table of a draft by that of a file, whole or not at all.

    Raises `TarifarioInexistente`, `TarifarioNoAdmite`, `TarifasInvalidas` (its `campos` name each line).
    """
    _previo, autorizacion = _de_quien_administra(sesion, actor, tarifario_id)
    tarifario = tarifario_bloqueado(sesion, tarifario_id)
    _exigir_borrador(tarifario)
    limitar("envios.tarifas", actor.clave, cupo=ARCHIVOS_POR_HORA, ventana_s=3600)
    leida = leer(que, recibido, todos_los_lugares(sesion))
    modelo = FORMAS[que].modelo
    sesion.connection().execute(delete(modelo).where(modelo.tarifario_id == tarifario.id))
    _escribir(sesion, que, [{**fila, "tarifario_id": tarifario.id} for fila in leida.filas])
    lectura = {"lineas": len(leida.filas), "dialecto": leida.dialecto.en_palabras()}
    tarifario.leido = {**tarifario.leido, que.value: lectura}
    tarifario.tocado_en = ahora_bd(sesion)
    sesion.flush()
    _anotar(sesion, autorizacion, tarifario, "importar", tabla=que.value, lineas=len(leida.filas))
    return tarifario


def _escribir(sesion: Session, que: Que, filas: list[dict[str, Any]]) -> None:
    """In lots, in their order: a band comes after the one that it follows."""
    for desde in range(0, len(filas), _LOTE):
        sesion.connection().execute(insert(FORMAS[que].modelo), filas[desde : desde + _LOTE])


def publicar(sesion: Session, actor: Actor, tarifario_id: UUID, desde: date) -> Tarifario:
    """From the first minute of a day in Bolivia, or from now if it is today; never before.

    The version that it replaces ends there. Raises `TarifarioIncompleto`, `TarifarioNoAdmite`,
    `VigenciaOcupada`, `DatosInvalidos`.
    """
    previo, autorizacion = _de_quien_administra(sesion, actor, tarifario_id)
    exigir_habilitacion(sesion, previo.operador_unidad_id, Habilitacion.OPERADOR_POSTAL)
    todos = tarifarios_bloqueados(sesion, previo.operador_unidad_id)
    tarifario = next(t for t in todos if t.id == tarifario_id)
    if tarifario.estado == EstadoTarifario.PUBLICADO and _dia(tarifario) == desde:
        return tarifario
    VIDA_TARIFARIO.exigir_paso(tarifario, EstadoTarifario.PUBLICADO)
    _exigir_completo(sesion, tarifario)
    comienzo = _comienzo(sesion, desde)
    publicadas = [t for t in todos if t.estado == EstadoTarifario.PUBLICADO]
    if any(t.vigente_desde == comienzo for t in publicadas):
        texto = _("Ya hay tarifas publicadas desde ese día: retírelas primero, o elija otra fecha.")
        raise VigenciaOcupada(texto, campos={"desde": texto})
    _cerrar_en(publicadas, comienzo)
    sesion.flush()  # before the other one opens: at no instant are there two
    tarifario.vigente_desde = comienzo
    tarifario.vigente_hasta = _siguiente(publicadas, comienzo)
    VIDA_TARIFARIO.pasar(tarifario, EstadoTarifario.PUBLICADO)
    sesion.flush()
    _anotar(sesion, autorizacion, tarifario, "publicar", desde=comienzo.isoformat())
    return tarifario


def _dia(tarifario: Tarifario) -> date:
    assert tarifario.vigente_desde is not None
    return fecha_bolivia(tarifario.vigente_desde)


def _comienzo(sesion: Session, desde: date) -> datetime:
    ahora = ahora_bd(sesion)
    hoy = fecha_bolivia(ahora)
    if desde < hoy:
        texto = _("Las tarifas no rigen hacia atrás: elija hoy u otro día.")
        raise DatosInvalidos(texto, campos={"desde": texto})
    if desde > hoy + ANTICIPACION_MAXIMA:
        texto = _("Elija un día dentro del año que viene.")
        raise DatosInvalidos(texto, campos={"desde": texto})
    return ahora if desde == hoy else inicio_del_dia(desde)


def _cerrar_en(publicadas: list[Tarifario], instante: datetime) -> None:
    """The version that would be in force at an instant ends there."""
    for tarifario in publicadas:
        assert tarifario.vigente_desde is not None
        termina_despues = tarifario.vigente_hasta is None or tarifario.vigente_hasta > instante
        if tarifario.vigente_desde < instante and termina_despues:
            tarifario.vigente_hasta = instante


def _siguiente(publicadas: list[Tarifario], instante: datetime) -> datetime | None:
    """When the next version after an instant begins."""
    return min(
        (t.vigente_desde for t in publicadas if t.vigente_desde and t.vigente_desde > instante), default=None
    )


def _exigir_completo(sesion: Session, tarifario: Tarifario) -> None:
    faltas = faltas_de(sesion, tarifario.id)
    if faltas:
        textos = [falta_en_palabras(*falta) for falta in faltas]
        raise TarifarioIncompleto(" ".join(textos), campos={f"falta-{n}": t for n, t in enumerate(textos)})


def retirar(sesion: Session, actor: Actor, tarifario_id: UUID) -> Tarifario:
    """Take back a version whose day has not come; what was before goes on. A draft is thrown away.

    Raises `TarifarioNoAdmite` once it is in force.
    """
    previo, autorizacion = _de_quien_administra(sesion, actor, tarifario_id)
    todos = tarifarios_bloqueados(sesion, previo.operador_unidad_id)
    tarifario = next(t for t in todos if t.id == tarifario_id)
    if tarifario.estado in VIDA_TARIFARIO.fines:
        return tarifario
    if tarifario.estado == EstadoTarifario.BORRADOR:
        VIDA_TARIFARIO.pasar(tarifario, EstadoTarifario.DESCARTADO)
        sesion.flush()
        _anotar(sesion, autorizacion, tarifario, "descartar")
        return tarifario
    comienza = tarifario.vigente_desde
    assert comienza is not None
    if comienza <= ahora_bd(sesion):
        raise TarifarioNoAdmite(_("Ya está en vigor: publique otra versión que la reemplace."))
    VIDA_TARIFARIO.pasar(tarifario, EstadoTarifario.RETIRADO)
    sesion.flush()
    for anterior in todos:
        if anterior.estado == EstadoTarifario.PUBLICADO and anterior.vigente_hasta == comienza:
            anterior.vigente_hasta = tarifario.vigente_hasta
    sesion.flush()
    _anotar(sesion, autorizacion, tarifario, "retirar")
    return tarifario


def ver_tarifario(sesion: Session, actor: Actor | None, tarifario_id: UUID) -> tuple[Tarifario, bool]:
    """A version, and whether the actor administers its operator: others see what was published.

    Raises `TarifarioInexistente`.
    """
    tarifario = sesion.get(Tarifario, tarifario_id)
    if tarifario is None:
        raise TarifarioInexistente()
    administra = actor is not None and administra_a(sesion, actor, tarifario.operador_unidad_id)
    if not administra and tarifario.estado != EstadoTarifario.PUBLICADO:
        raise TarifarioInexistente()
    return tarifario, administra


def administra_a(sesion: Session, actor: Actor, operador_unidad_id: UUID) -> bool:
    """Whether the actor decides on the rates of that operator."""
    try:
        exigir_facultad(sesion, actor, operador_unidad_id, Facultad.ADMINISTRAR)
    except Prohibido:
        return False
    return True


def _de_quien_administra(sesion: Session, actor: Actor, tarifario_id: UUID) -> tuple[Tarifario, Autorizacion]:
    """The version and by which mandate; of others a draft does not exist."""
    tarifario = sesion.get(Tarifario, tarifario_id)
    if tarifario is None:
        raise TarifarioInexistente()
    try:
        return tarifario, exigir_facultad(sesion, actor, tarifario.operador_unidad_id, Facultad.ADMINISTRAR)
    except Prohibido:
        if tarifario.estado == EstadoTarifario.PUBLICADO:
            raise
        raise TarifarioInexistente() from None


def _exigir_borrador(tarifario: Tarifario) -> None:
    if tarifario.estado != EstadoTarifario.BORRADOR:
        raise TarifarioNoAdmite(_("Lo publicado no cambia: empiece otra versión y suba allí el archivo."))


def _anotar(
    sesion: Session, autorizacion: Autorizacion, tarifario: Tarifario, que: str, **datos: Any
) -> None:
    hechos = {"version": tarifario.numero, **datos}
    auditar(sesion, autorizacion, f"tarifario.{que}", "envios_tarifario", tarifario.id, hechos)
