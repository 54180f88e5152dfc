"""The people who hold the keys of an entity: they are named, each brings a public key, all rehearse.

No ceremony for each process: a holder keeps one secret on paper, for ever. The key of a process is made when
it is published, split, and each part sealed at once to the public key of its holder; nobody ever sees two
parts together before they are given to open. Nothing that the platform keeps opens a part.

The public log has a leaf of each public key that a holder brought, and of what each group in force is made
of: who finds there a key that is not theirs knows it before anything is sealed to it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import Session

from ciudadania import notificar
from constancia import anotar, registrar_tipo
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    unidad_por_id,
)
from feria_inversa.llaves import hpke, partes, secreto
from feria_inversa.llaves.avisos import AVISO_DE_LLAVE
from feria_inversa.llaves.bloqueos import bloquear, bloquear_con_los_suyos, bloquear_de_llave, los_de
from feria_inversa.llaves.consultas import (
    depositarios_de,
    en_preparacion_de,
    llave_de,
    llave_de_ensayo,
    mio,
    parte_de,
    partes_de,
    vigente_de,
    ya_ensayo,
)
from feria_inversa.llaves.errores import (
    FaltanClaves,
    LlaveQueNoAbre,
    ParteEquivocada,
    ResguardoNoEncontrado,
    ResguardoNoPermite,
)
from feria_inversa.llaves.estados import EN_PREPARACION, VIDA_RESGUARDO, EstadoResguardo
from feria_inversa.llaves.modelos import Depositario, Llave, Parte, Resguardo
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

OBJETO = "feria_resguardo"
HOJA_DE_LLAVE = "llave_de_sobres"
registrar_tipo(HOJA_DE_LLAVE, _l("Llave a la que se sellan los sobres"), "/feria/{objeto}")
HOJA_DE_CLAVE = "clave_de_depositario"
registrar_tipo(HOJA_DE_CLAVE, _l("Clave pública de un depositario"), "/resguardos/{objeto}")
HOJA_DE_GRUPO = "depositarios_de_llaves"
registrar_tipo(HOJA_DE_GRUPO, _l("Depositarios de las llaves de una entidad"), "/resguardos/{objeto}")


def nombrar(
    sesion: Session, actor: Actor, unidad_id: UUID, umbral: int, personas: Sequence[UUID], id_: UUID
) -> Resguardo:
    """Name the holders of an entity's keys; what was being prepared before ends. Raises `DatosInvalidos`."""
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    los_de(sesion, unidad_id)
    if (previo := sesion.get(Resguardo, id_)) is not None:
        if previo.unidad_id != unidad_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previo
    if len(set(personas)) != len(personas):
        raise DatosInvalidos(campos={"cedulas": _("Una persona está dos veces.")})
    if not 2 <= umbral <= len(personas) <= partes.DEPOSITARIOS_MAXIMOS:
        detalle = _("Entre dos y {} personas, y que abran dos o más de ellas.")
        raise DatosInvalidos(campos={"umbral": detalle.format(partes.DEPOSITARIOS_MAXIMOS)})
    instante = ahora_bd(sesion)
    if (anterior := en_preparacion_de(sesion, unidad_id)) is not None:
        terminar(sesion, bloquear(sesion, anterior.id), instante)
    fila = Resguardo(id=id_, unidad_id=unidad_id, umbral=umbral, creado_por=actor.nombre)
    sesion.add(fila)
    sesion.flush()
    sesion.add_all(
        Depositario(resguardo_id=fila.id, numero=n, persona_id=persona)
        for n, persona in enumerate(personas, start=1)
    )
    _avisar(sesion, fila, personas, _("Traiga su clave: sin ella no se pueden sellar los sobres."))
    hechos = {"umbral": umbral, "depositarios": len(personas)}
    auditar(sesion, autorizacion, "resguardo.nombrar", OBJETO, fila.id, hechos)
    sesion.flush()
    return fila


def inscribir(sesion: Session, actor: Actor, resguardo_id: UUID, publica: bytes) -> Resguardo:
    """A holder brings their public key: so they accept. Until it opens its part of a rehearsal they may bring
    another (who has JavaScript off and lost the answer has no other copy), and afterwards once they said that
    it is lost. With that of the last one the rehearsal begins; with another one, again.
    """
    fila, depositario = el_suyo(sesion, actor, resguardo_id)
    perdida = depositario.perdida_en is not None
    if depositario.publica == publica and not perdida:
        return fila
    if fila.estado not in EN_PREPARACION or (
        depositario.publica and not perdida and ya_ensayo(sesion, depositario)
    ):
        raise ResguardoNoPermite(_("Su clave ya abrió su parte y no se cambia. Si la perdió, dígalo."))
    todos = depositarios_de(sesion, fila.id)
    _exigir_clave(publica, [d.publica for d in todos])
    depositario.publica, depositario.inscrito_en, depositario.perdida_en = publica, ahora_bd(sesion), None
    sesion.flush()
    anotar(sesion, HOJA_DE_CLAVE, str(fila.id), clave_en_hoja(depositario))
    hechos = {"publica": publica.hex()}
    auditar(sesion, Autorizacion.propia(actor), "resguardo.inscribir", OBJETO, fila.id, hechos)
    if all(d.publica is not None and d.perdida_en is None for d in todos):
        if fila.estado == EstadoResguardo.INSCRIPCION:
            VIDA_RESGUARDO.pasar(fila, EstadoResguardo.ENSAYO)
        sesion.flush()
        crear_llave(sesion, fila, None)
        personas = [d.persona_id for d in todos]
        _avisar(sesion, fila, personas, _("Pruebe su clave: falta el ensayo para poder publicar con ella."))
    sesion.flush()
    return fila


def _exigir_clave(publica: bytes, ajenas: Sequence[bytes | None]) -> None:
    detalle = ""
    try:
        hpke.sellar(publica, "", b"")
    except hpke.NoAbre:
        detalle = _("Eso no es una clave.")
    if publica in ajenas:
        detalle = _("Esa clave ya se trajo, o se perdió: cada persona tiene la suya.")
    if detalle:
        raise DatosInvalidos(detalle, campos={"publica": detalle})


def clave_en_hoja(depositario: Depositario) -> str:
    """What the leaf of a holder's key says: which of their group, and the key."""
    assert depositario.publica is not None
    return f"{depositario.numero}|{depositario.publica.hex()}"


def grupo_en_hoja(fila: Resguardo, depositarios: Sequence[Depositario]) -> str:
    """What the leaf of a group in force says: how many open, and the keys of all, in their order."""
    return "|".join(["vigente", str(fila.umbral), *(d.publica.hex() for d in depositarios if d.publica)])


def fin_en_hoja(motivo: str) -> str:
    """What the leaf of a group that its entity ended says: the digest of the public reason."""
    return f"terminado|{hashlib.sha256(motivo.encode()).hexdigest()}"


def perdida_en_hoja(depositario: Depositario) -> str:
    """What the leaf of a lost key of a group in force says: whose it is."""
    return f"perdida|{depositario.numero}"


def llave_en_hoja(llave: Llave) -> str:
    """What the leaf of a process's key says."""
    return f"tecnica|{llave.publica.hex()}" if llave.tecnica else llave.publica.hex()


def crear_llave(
    sesion: Session, resguardo: Resguardo, convocatoria_id: UUID | None, *, tecnica: bool = False
) -> Llave:
    """A new key in parts, each sealed to its holder. The key itself is gone when this returns.

    Who said that they lost theirs gets none.
    """
    privada = X25519PrivateKey.generate().private_bytes_raw()
    depositarios = [d for d in depositarios_de(sesion, resguardo.id) if d.perdida_en is None]
    llave = Llave(
        id=nuevo_id(),
        resguardo_id=resguardo.id,
        convocatoria_id=convocatoria_id,
        tecnica=tecnica,
        publica=hpke.publica_de(privada),
    )
    sesion.add(llave)
    sesion.flush()
    for depositario, palabras in zip(
        depositarios, partes.partir(privada, resguardo.umbral, len(depositarios)), strict=True
    ):
        assert depositario.publica is not None
        sesion.add(
            Parte(
                llave_id=llave.id,
                numero=depositario.numero,
                resguardo_id=resguardo.id,
                cifrada=hpke.sellar(
                    depositario.publica, info_de_parte(llave.id, depositario.numero), palabras.encode()
                ),
                huella=hashlib.sha256(palabras.encode()).hexdigest(),
            )
        )
    sesion.flush()
    return llave


def info_de_parte(llave_id: UUID, numero: int) -> str:
    return f"qhatu-parte-v1|{llave_id}|{numero}"


def llaves_al_publicar(
    sesion: Session, unidad_id: UUID, convocatoria_id: UUID, *, dos_sobres: bool = False
) -> None:
    """The key of a process published now, if its entity has holders; else access alone keeps its bids. With
    two envelopes, one of each: who opens the technical part has nothing of the prices.

    The log says which they are, so that nobody is given another one to seal to. Raises `FaltanClaves` when so
    many were lost that nobody could open, and where there is nobody to hold those of two envelopes.
    """
    los_de(sesion, unidad_id)
    vigente = vigente_de(sesion, unidad_id)
    if vigente is None and dos_sobres:
        raise FaltanClaves(
            _("Dos sobres se sellan a dos llaves: nombre primero a sus depositarios, o pida un solo sobre.")
        )
    if vigente is None:
        return
    quedan = len([d for d in depositarios_de(sesion, vigente.id) if d.perdida_en is None])
    if quedan < vigente.umbral:
        detalle = (
            _("Para abrir hacen falta {} claves y quedan {}. Nombre a otros, o pida un solo sobre.")
            if dos_sobres
            else _("Para abrir hacen falta {} claves y quedan {}. Nombre a otros, o termine este grupo.")
        )
        raise FaltanClaves(detalle.format(vigente.umbral, quedan))
    for tecnica in (False, True) if dos_sobres else (False,):
        llave = crear_llave(sesion, vigente, convocatoria_id, tecnica=tecnica)
        anotar(sesion, HOJA_DE_LLAVE, str(convocatoria_id), llave_en_hoja(llave))


def ensayar(
    sesion: Session, actor: Actor, resguardo_id: UUID, *, palabras: str = "", clave: str = ""
) -> Resguardo:
    """A holder opens their part of the rehearsal's key. With the last one, it is tried with each set that
    should open it, and the group holds the keys from now on. Raises `ParteEquivocada`, `LlaveQueNoAbre`.
    """
    fila, _depositario = el_suyo(sesion, actor, resguardo_id)
    llave = llave_de_ensayo(sesion, resguardo_id)
    if fila.estado == EstadoResguardo.VIGENTE:
        return fila
    if fila.estado != EstadoResguardo.ENSAYO or llave is None:
        raise ResguardoNoPermite(_("El ensayo empieza cuando todos trajeron su clave."))
    if any(d.perdida_en is not None for d in depositarios_de(sesion, resguardo_id)):
        raise ResguardoNoPermite(_("Alguien perdió su clave: el ensayo empieza de nuevo cuando traiga otra."))
    parte, dichas = parte_abierta(sesion, llave, actor, palabras=palabras, clave=clave)
    instante = ahora_bd(sesion)
    if parte.entregada is None:
        parte.entregada, parte.entregada_en, parte.entregada_por = dichas, instante, actor.nombre
        auditar(sesion, Autorizacion.propia(actor), "resguardo.ensayar", OBJETO, fila.id)
    sesion.flush()
    dadas = [p.entregada for p in partes_de(sesion, llave.id)]
    if None not in dadas:
        for algunas in combinations([d for d in dadas if d is not None], fila.umbral):
            privada_con(llave, algunas)
        _empezar(sesion, fila, instante)
    sesion.flush()
    return fila


def parte_abierta(
    sesion: Session, llave: Llave, actor: Actor, *, palabras: str, clave: str
) -> tuple[Parte, str]:
    """The part of somebody, and its words: as their browser opened it, or opened here with their secret.

    Raises `ResguardoNoEncontrado` when they hold none, `ParteEquivocada`.
    """
    parte = parte_de(sesion, llave, actor)
    if parte is None:
        raise ResguardoNoEncontrado
    if clave:
        letras = secreto.leer(clave)
        try:
            if letras is None:
                raise hpke.NoAbre
            info = info_de_parte(llave.id, parte.numero)
            palabras = hpke.abrir(secreto.privada_del(letras), info, parte.cifrada).decode()
        except hpke.NoAbre:
            detalle = _("Son siete grupos de cuatro letras y números: revise lo que escribió.")
            raise ParteEquivocada(detalle, campos={"clave": detalle}) from None
    if hashlib.sha256(palabras.encode()).hexdigest() != parte.huella:
        detalle = _("No es su parte de esta llave.")
        raise ParteEquivocada(detalle, campos={"clave": detalle})
    return parte, palabras


def privada_con(llave: Llave, palabras: Sequence[str]) -> bytes:
    """The private key that some parts make. Raises `LlaveQueNoAbre` if it is not that of this public one."""
    try:
        privada = partes.juntar(palabras)
    except partes.PartesMalas:
        raise LlaveQueNoAbre(_("Avise a quien administra la plataforma: no se abrió nada.")) from None
    if hpke.publica_de(privada) != llave.publica:
        raise LlaveQueNoAbre(_("Avise a quien administra la plataforma: no se abrió nada."))
    return privada


def entregar(
    sesion: Session, actor: Actor, llave: Llave, *, palabras: str = "", clave: str = ""
) -> bytes | None:
    """A holder gives their part of the key of a closed process. Returns the private key if that was the one
    that was missing; it is not written down. Raises `ResguardoNoEncontrado`, `ParteEquivocada`.
    """
    fila = bloquear_de_llave(sesion, llave)
    parte, dichas = parte_abierta(sesion, llave, actor, palabras=palabras, clave=clave)
    otras = [p.entregada for p in partes_de(sesion, llave.id) if p.numero != parte.numero and p.entregada]
    abre = len(otras) + 1 >= fila.umbral
    if parte.entregada_en is None:
        parte.entregada = None if abre else dichas
        parte.entregada_en, parte.entregada_por = ahora_bd(sesion), actor.nombre
        hechos = {"convocatoria_id": str(llave.convocatoria_id)}
        auditar(sesion, Autorizacion.propia(actor), "llave.entregar_parte", OBJETO, fila.id, hechos)
        sesion.flush()
    return privada_con(llave, [*otras[: fila.umbral - 1], dichas]) if abre else None


def olvidar_partes(sesion: Session, convocatoria_id: UUID) -> None:
    """Of an opened or cancelled process no words are kept: with one part more they would open what was
    withdrawn. Who gave theirs, and when, stays. What was copied in between is in its copies.
    """
    for tecnica in (False, True):
        llave = llave_de(sesion, convocatoria_id, tecnica=tecnica)
        for parte in partes_de(sesion, llave.id) if llave else ():
            parte.entregada = None
    sesion.flush()


def umbral_de(sesion: Session, llave: Llave) -> int:
    """How many parts open a key."""
    return sesion.get_one(Resguardo, llave.resguardo_id).umbral


def el_suyo(sesion: Session, actor: Actor, resguardo_id: UUID) -> tuple[Resguardo, Depositario]:
    """A locked group and who is in it. Raises `ResguardoNoEncontrado`."""
    fila = bloquear_con_los_suyos(sesion, resguardo_id)
    depositario = mio(sesion, actor, resguardo_id)
    if depositario is None:
        raise ResguardoNoEncontrado
    return fila, depositario


def _empezar(sesion: Session, fila: Resguardo, instante: datetime) -> None:
    if (anterior := vigente_de(sesion, fila.unidad_id)) is not None:
        terminar(sesion, bloquear(sesion, anterior.id), instante)
    VIDA_RESGUARDO.pasar(fila, EstadoResguardo.VIGENTE)
    fila.vigente_desde = instante
    sesion.flush()
    anotar(sesion, HOJA_DE_GRUPO, str(fila.id), grupo_en_hoja(fila, depositarios_de(sesion, fila.id)))


def terminar(sesion: Session, fila: Resguardo, instante: datetime, motivo: str | None = None) -> None:
    """A locked group makes no more keys; those that it holds are opened by it."""
    VIDA_RESGUARDO.pasar(fila, EstadoResguardo.TERMINADO)
    fila.terminado_en, fila.motivo_fin = instante, motivo
    sesion.flush()


def _avisar(sesion: Session, fila: Resguardo, personas: Sequence[UUID], que: str) -> None:
    entidad = unidad_por_id(sesion, fila.unidad_id).denominacion
    asunto = _("Usted guarda una parte de las llaves de {}").format(entidad)
    for persona in personas:
        notificar(sesion, persona, asunto, que, f"/resguardos/{fila.id}", clase=AVISO_DE_LLAVE)
