"""The supplier's side: present, replace and withdraw a bid before the deadline.

Lateness is judged by the database's clock, read after the call's row is locked: a bid at the deadline is
late, and the trigger `feria_oferta_a_tiempo` says so again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Compromiso,
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    usar_mandato,
)
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import exigir_sin_conflicto_al_ofertar
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas import eventos, sobres
from feria_inversa.ofertas.a_tiempo import exigir_a_tiempo
from feria_inversa.ofertas.anonimas import exigir_sin_nombre
from feria_inversa.ofertas.archivos import Adjuntos, exigir_subidos
from feria_inversa.ofertas.bloqueos import lugar_de
from feria_inversa.ofertas.declaraciones import declarar, exigir_leida
from feria_inversa.ofertas.errores import (
    OfertaNoEncontrada,
    OfertaTerminada,
    OfertaYaPresentada,
    VersionCambiada,
    id_en_uso,
)
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.estados import VIDA_OFERTA, EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Grupo,
    compartir,
    grupos_de,
    items_de,
)
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import MontoInvalido, a_centavos, bs, redondear
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import id_sin_hora, nuevo_id
from nucleo.lectores import Ilegible, total_de_linea
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_oferta"
INTENTOS_MAXIMOS = 100


def totales_de(items: Sequence[Item], lineas: Sequence[LineaEntrada]) -> dict[UUID, Money]:
    """Each line's exact total, by item. Raises `DatosInvalidos` naming every line that cannot be."""
    por_id = {item.id: item for item in items}
    campos: dict[str, str] = {}
    totales: dict[UUID, Money] = {}
    for indice, linea in enumerate(lineas):
        item = por_id.get(linea.item_id)
        if item is None:
            campos[f"lineas.{indice}.item_id"] = _("El ítem no es de esta convocatoria.")
        elif linea.item_id in totales:
            campos[f"lineas.{indice}.item_id"] = _("El ítem {} está dos veces.").format(item.numero)
        elif linea.precio_unitario <= bs(0):
            campos[f"lineas.{indice}.precio_unitario"] = _("Escriba un precio mayor que cero.")
        else:
            try:
                totales[item.id] = total_de_linea(item.cantidad, linea.precio_unitario)
            except Ilegible as error:
                campos[f"lineas.{indice}.precio_unitario"] = str(error)
    if campos:
        raise DatosInvalidos(_("Revise las líneas de su oferta."), campos=campos)
    _exigir_sumable(totales)
    return totales


def _exigir_sumable(totales: dict[UUID, Money]) -> None:
    try:
        for monto in (*totales.values(), sumar(totales.values())):
            a_centavos(monto)
    except MontoInvalido as error:
        raise DatosInvalidos(error.detalle, campos={"lineas": error.detalle}) from error


def _monto_previsto(items: Sequence[Item], lineas: Sequence[LineaEntrada]) -> Money:
    """What the lines that make sense add up to; the others are refused later, by name."""
    cantidades = {item.id: item.cantidad for item in items}
    validas = [li for li in lineas if li.item_id in cantidades and li.precio_unitario > bs(0)]
    return sumar(redondear(cantidades[li.item_id] * li.precio_unitario.amount) for li in validas)


def revisar_oferta(
    sesion: Session, convocatoria: Convocatoria, lineas: Sequence[LineaEntrada]
) -> dict[UUID, Money]:
    """The totals of a bid that could be presented; nothing is kept. Raises `DatosInvalidos`."""
    items, grupos = items_de(sesion, convocatoria.id), grupos_de(sesion, convocatoria)
    return revisar_lineas(convocatoria, items, grupos, lineas)


def revisar_lineas(
    convocatoria: Convocatoria, items: Sequence[Item], grupos: Sequence[Grupo], lineas: Sequence[LineaEntrada]
) -> dict[UUID, Money]:
    """`revisar_oferta` for who looks at many bids of a process."""
    totales = totales_de(items, lineas)
    campos = {
        f"lineas.{indice}.plazo_dias": _("El plazo máximo de entrega es de {} días.").format(
            convocatoria.plazo_entrega_dias
        )
        for indice, linea in enumerate(lineas)
        if linea.plazo_dias > convocatoria.plazo_entrega_dias
    }
    if campos:
        raise DatosInvalidos(_("Revise los plazos de entrega."), campos=campos)
    _exigir_enteros(grupos, totales)
    return totales


def _exigir_enteros(grupos: Sequence[Grupo], totales: dict[UUID, Money]) -> None:
    """Raise `DatosInvalidos` of a bid that answers a part of what is awarded at once."""
    faltan = [
        _("{grupo}: falta el precio de {items}.").format(
            grupo=grupo.nombre,
            items=", ".join(str(item.numero) for item in grupo.items if item.id not in totales),
        )
        for grupo in grupos
        if not grupo.ids.isdisjoint(totales) and not grupo.ids <= totales.keys()
    ]
    if faltan:
        detalle = " ".join([_("Oferte todos los ítems de lo que se adjudica junto."), *faltan])
        raise DatosInvalidos(detalle, campos={"lineas": detalle})


def presentar_oferta(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    lineas: Sequence[LineaEntrada],
    *,
    id_: UUID | None = None,
    reemplazar: bool = False,
    version: int | None = None,
    declaracion: int | None = None,
    copia: Callable[[str], None] | None = None,
    adjuntos: Adjuntos | None = None,
) -> Oferta:
    """Put a unit's bid in its envelope. With `reemplazar` it takes the place of the current one.

    Where the process has a key the envelope is sealed to it, here: the platform sees the lines during this
    request, and gives `copia` what the envelope says, with its salt, which nobody else has (of two, that of
    the prices and then that of the technical part). Sending the same
    `id_` again returns the same bid. `version` is the one of the call that was read, `declaracion` that of
    what it declares; `adjuntos`, the files that were uploaded for `id_`. Raises `OfertaTardia`,
    `OfertaYaPresentada`, `VersionCambiada`, `ConflictoDeInteres`, `DatosInvalidos`.
    """
    _exigir_quien(sesion, actor, unidad_id)
    items = items_de(sesion, convocatoria_id)
    # What the mandate allows is judged again by its use, over the items as they are under the lock.
    llave = llave_de(sesion, convocatoria_id)
    monto = _monto_previsto(items, lineas) if llave is None else _lo_mas_que_compromete(items)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, monto)
    return presentar_con(
        sesion,
        autorizacion,
        convocatoria_id,
        lineas,
        id_=id_,
        reemplazar=reemplazar,
        version=version,
        declaracion=declaracion,
        copia=copia,
        adjuntos=adjuntos,
    )


def presentar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    lineas: Sequence[LineaEntrada],
    *,
    id_: UUID | None = None,
    reemplazar: bool = False,
    version: int | None = None,
    declaracion: int | None = None,
    copia: Callable[[str], None] | None = None,
    adjuntos: Adjuntos | None = None,
) -> Oferta:
    """`presentar_oferta` for a caller that already holds the authority."""
    cerrar = partial(_cerrar, sesion, autorizacion.unidad_id, lineas, copia, adjuntos)
    return _presentar(
        sesion,
        autorizacion,
        convocatoria_id,
        cerrar,
        id_=id_,
        reemplazar=reemplazar,
        version=version,
        declaracion=declaracion,
        archivos={a.numero: a.cifrado for a in adjuntos.archivos} if adjuntos else {},
    )


def presentar_sellada(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    sobre: bytes,
    huella: str,
    *,
    id_: UUID,
    version: int,
    declaracion: int | None = None,
    reemplazar: bool = False,
    archivos: Mapping[int, str] | None = None,
    tecnico: tuple[bytes, str] | None = None,
) -> Oferta:
    """`presentar_oferta` of what the bidder's own program sealed: the platform never sees what it says.

    It was sealed for that `id_` and that `version`, and opens as no other. The same sent again is the same
    bid; another envelope with its `id_` raises `OfertaYaPresentada`. `archivos`, the SHA-256 of each
    encrypted file that was uploaded for it; `tecnico`, the technical envelope and its fingerprint, where
    there are two.
    """
    _exigir_quien(sesion, actor, unidad_id)
    monto = _lo_mas_que_compromete(items_de(sesion, convocatoria_id))
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, monto)
    return _presentar(
        sesion,
        autorizacion,
        convocatoria_id,
        partial(_ya_sellado, sesion, sobre, huella, tecnico),
        id_=id_,
        reemplazar=reemplazar,
        version=version,
        declaracion=declaracion,
        dadas=_Cerrado(sobre, huella, None, monto, tecnico).huellas,
        archivos=archivos or {},
    )


def _exigir_quien(sesion: Session, actor: Actor, unidad_id: UUID) -> None:
    exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.PROVEEDOR_DEL_ESTADO)


def _lo_mas_que_compromete(items: Sequence[Item]) -> Money:
    """What a mandate must reach for a sealed bid: nothing is awarded above its reference."""
    return sumar(item.total_referencial for item in items)


@dataclass(frozen=True, slots=True)
class _Cerrado:
    """What goes into an envelope: its bytes, what is known of them, and what the mandate is judged for.

    `lineas` is None of a sealed one; `tecnico`, the technical envelope and its fingerprint.
    """

    contenido: bytes
    huella: str
    lineas: int | None
    monto: Money
    tecnico: tuple[bytes, str] | None = None

    @property
    def huellas(self) -> dict[str, Any]:
        """By which the bid is known, as its columns name them."""
        huella_sobre = sobres.huella_de(self.contenido) if self.lineas is None else None
        de_uno = {"huella": self.huella, "huella_sobre": huella_sobre}
        if self.tecnico is None:
            return de_uno
        sobre, huella = self.tecnico
        return de_uno | {"huella_tecnica": huella, "huella_sobre_tecnico": sobres.huella_de(sobre)}


def _cerrar(
    sesion: Session,
    unidad_id: UUID | None,
    lineas: Sequence[LineaEntrada],
    copia: Callable[[str], None] | None,
    adjuntos: Adjuntos | None,
    convocatoria: Convocatoria,
    info: Callable[[str], str],
) -> _Cerrado:
    totales = revisar_oferta(sesion, convocatoria, lineas)
    if convocatoria.cotizacion_rapida and unidad_id is not None:
        exigir_sin_nombre(sesion, unidad_id, lineas)
    llave = llave_de(sesion, convocatoria.id)
    dicho, huella = sobres.cerrar(lineas, None if convocatoria.dos_sobres else adjuntos)
    if llave is None:
        return _Cerrado(dicho, huella, len(lineas), sumar(totales.values()))
    items = items_de(sesion, convocatoria.id)
    medidas = len(items), len(pedidos_de(sesion, convocatoria.id))
    contenido = sobres.sellar(llave.publica, info(sobres.PARA_PRECIOS), dicho, *medidas)
    dichos, tecnico = [dicho], None
    if (otra := llave_de(sesion, convocatoria.id, tecnica=True)) is not None:
        calla, su_huella = sobres.cerrar(lineas, adjuntos, tecnica=True)
        tecnico = sobres.sellar(otra.publica, info(sobres.PARA_TECNICA), calla, *medidas), su_huella
        dichos.append(calla)
    if copia is not None:
        for uno in dichos:
            copia(uno.decode())
    return _Cerrado(contenido, huella, None, _lo_mas_que_compromete(items), tecnico)


def _ya_sellado(
    sesion: Session,
    sobre: bytes,
    huella: str,
    tecnico: tuple[bytes, str] | None,
    convocatoria: Convocatoria,
    _info: Callable[[str], str],
) -> _Cerrado:
    if llave_de(sesion, convocatoria.id) is None:
        detalle = _("Este proceso no tiene llave: mande las líneas.")
        raise DatosInvalidos(detalle, campos={"sobre": detalle})
    if convocatoria.dos_sobres != (tecnico is not None):
        detalle = _("Este proceso recibe un solo sobre, con todo.")
        if convocatoria.dos_sobres:
            detalle = _("Mande dos sobres: la parte técnica sellada aparte, a su llave, sin precios.")
        raise DatosInvalidos(detalle, campos={"sobre_tecnico": detalle})
    items = items_de(sesion, convocatoria.id)
    pedidos = len(pedidos_de(sesion, convocatoria.id))
    sobres.exigir_medida(sobre, len(items), pedidos)
    repetida = col(Oferta.huella) == huella
    if tecnico is not None:
        sobres.exigir_medida(tecnico[0], len(items), pedidos, "sobre_tecnico")
        repetida |= col(Oferta.huella_tecnica) == tecnico[1]
        if sobre == tecnico[0] or huella == tecnico[1]:
            raise _ya_se_presento()
    previa = select(Oferta.id).where(Oferta.convocatoria_id == convocatoria.id, repetida)
    if sesion.exec(previa).first() is not None:
        raise _ya_se_presento()
    return _Cerrado(sobre, huella, None, _lo_mas_que_compromete(items), tecnico)


def _ya_se_presento() -> DatosInvalidos:
    detalle = _("Eso ya se presentó: séllelo otra vez, con otra sal.")
    return DatosInvalidos(detalle, campos={"huella": detalle})


def _agregar(sesion: Session, oferta: Oferta) -> None:
    """Two units that send the same at once wait for each other only here."""
    try:
        with sesion.begin_nested():
            sesion.add(oferta)
    except IntegrityError as error:
        if '"pk_feria_oferta"' in str(error.orig):
            raise id_en_uso() from error
        if "uq_feria_oferta_convocatoria_id_huella" in str(error.orig):  # or `_tecnica`, the same
            raise _ya_se_presento() from error
        raise


def _presentar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    cerrar: Callable[[Convocatoria, Callable[[str], str]], _Cerrado],
    *,
    id_: UUID | None,
    reemplazar: bool,
    version: int | None,
    declaracion: int | None,
    dadas: dict[str, Any] | None = None,
    archivos: Mapping[int, str],
) -> Oferta:
    """`dadas`: fingerprints of what was sealed, which a repeated `id_` must have too. `archivos`: the
    digest of each encrypted file, by the number of its document."""
    actor, unidad_id = autorizacion.actor, autorizacion.unidad_id
    assert unidad_id is not None
    convocatoria = compartir(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    exigir_sin_conflicto_al_ofertar(sesion, actor, convocatoria.unidad_id, unidad_id)
    lugar_de(sesion, convocatoria_id, unidad_id)
    if id_ is not None and (previa := sesion.get(Oferta, id_)) is not None:
        if (previa.convocatoria_id, previa.unidad_id) != (convocatoria_id, unidad_id):
            raise id_en_uso()
        if dadas is not None and any(getattr(previa, campo) != huella for campo, huella in dadas.items()):
            raise OfertaYaPresentada(_("Con ese identificador ya se presentó otro sobre: séllelo con otro."))
        return previa
    instante = exigir_a_tiempo(sesion, convocatoria)
    if version not in {None, convocatoria.versiones}:
        raise VersionCambiada(_("Lea lo que cambió y presente su oferta otra vez."))
    exigir_leida(sesion, declaracion)
    oferta_id = id_ or (id_sin_hora() if convocatoria.cotizacion_rapida else nuevo_id())
    exigir_subidos(sesion, convocatoria_id, unidad_id, oferta_id, archivos)
    info = partial(sobres.info_de, convocatoria_id, unidad_id, oferta_id, convocatoria.versiones)
    cerrado = cerrar(convocatoria, info)
    actual = oferta_vigente(sesion, convocatoria_id, unidad_id)
    if actual is not None:
        if not reemplazar:
            raise OfertaYaPresentada(_("Para cambiarla, reemplácela; para quitarla, retírela."))
        terminar(actual, EstadoOferta.REEMPLAZADA, instante)
        sesion.flush()
    oferta = Oferta(
        id=oferta_id,
        convocatoria_id=convocatoria_id,
        unidad_id=unidad_id,
        intento=_siguiente_intento(sesion, convocatoria_id, unidad_id),
        presentada_en=instante,
        presentada_por=actor.nombre,
        **cerrado.huellas,
        cantidad_lineas=cerrado.lineas,
        version=convocatoria.versiones,
    )
    usar_mandato(sesion, autorizacion, Compromiso.OFERTA, oferta.id, cerrado.monto)
    _agregar(sesion, oferta)
    sobres.guardar(sesion, oferta.id, cerrado.contenido, cerrado.tecnico and cerrado.tecnico[0])
    declarar(sesion, oferta)
    hechos = {"convocatoria_id": str(convocatoria_id), "unidad_id": str(unidad_id)}
    publicar(sesion, eventos.OFERTA_PRESENTADA, oferta.id, hechos, actor)
    auditar(sesion, autorizacion, "oferta.presentar", OBJETO, oferta.id, hechos | cerrado.huellas)
    sesion.flush()
    return oferta


def cotizar(
    sesion: Session,
    actor: Actor,
    convocatoria: Convocatoria,
    unidad_id: UUID,
    lineas: Sequence[LineaEntrada],
    campo: str,
) -> Oferta:
    """What a unit quoted in a process without a call, written by its entity.

    Raises `DatosInvalidos`; `campo` goes before the name of what is wrong.
    """
    try:
        revisar_oferta(sesion, convocatoria, lineas)
    except DatosInvalidos as error:
        campos = {f"{campo}{nombre}": dicho for nombre, dicho in (error.campos or {}).items()}
        raise DatosInvalidos(error.detalle, campos=campos) from error
    contenido, huella = sobres.cerrar(lineas)
    oferta = Oferta(
        id=nuevo_id(),
        convocatoria_id=convocatoria.id,
        unidad_id=unidad_id,
        intento=1,
        presentada_en=ahora_bd(sesion),
        presentada_por=actor.nombre,
        huella=huella,
        cantidad_lineas=len(lineas),
        version=convocatoria.versiones,
    )
    sesion.add(oferta)
    sesion.flush()
    sobres.guardar(sesion, oferta.id, contenido)
    return oferta


def retirar_oferta(sesion: Session, actor: Actor, oferta_id: UUID) -> Oferta:
    """Withdraw a bid before the deadline; its envelope is never opened."""
    vista = sesion.get(Oferta, oferta_id)
    if vista is None:
        raise OfertaNoEncontrada
    autorizacion = exigir_facultad(sesion, actor, vista.unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    convocatoria = compartir(sesion, vista.convocatoria_id)
    lugar_de(sesion, vista.convocatoria_id, vista.unidad_id)
    sesion.refresh(vista)
    instante = exigir_a_tiempo(sesion, convocatoria)
    if vista.estado != EstadoOferta.VIGENTE:
        raise OfertaTerminada
    terminar(vista, EstadoOferta.RETIRADA, instante)
    sesion.flush()
    hechos = {"convocatoria_id": str(vista.convocatoria_id), "unidad_id": str(vista.unidad_id)}
    publicar(sesion, eventos.OFERTA_RETIRADA, vista.id, hechos, actor)
    auditar(sesion, autorizacion, "oferta.retirar", OBJETO, vista.id, hechos)
    sesion.flush()
    return vista


def oferta_vigente(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> Oferta | None:
    consulta = select(Oferta).where(
        Oferta.convocatoria_id == convocatoria_id,
        Oferta.unidad_id == unidad_id,
        Oferta.estado == EstadoOferta.VIGENTE,
    )
    return sesion.exec(consulta).one_or_none()


def terminar(oferta: Oferta, estado: EstadoOferta, instante: datetime) -> None:
    VIDA_OFERTA.pasar(oferta, estado)
    oferta.terminada_en = instante


def _siguiente_intento(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> int:
    consulta = select(func.coalesce(func.max(col(Oferta.intento)), 0)).where(
        Oferta.convocatoria_id == convocatoria_id, Oferta.unidad_id == unidad_id
    )
    intento = int(sesion.exec(consulta).one()) + 1
    if intento > INTENTOS_MAXIMOS:
        raise OfertaYaPresentada(_("La unidad ya cambió su oferta demasiadas veces."))
    return intento
