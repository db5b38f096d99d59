; Porchlight for one user of Windows: no administrator rights, no network, nothing outside the user's own profile.
;   makensis -DVERSION=0.1.0 -DSTAGE=FROZEN-FOLDER -DOUT=FILE packaging/windows/porchlight.nsi
;
;   setup.exe [/S] [/DOWNGRADE] [/D=C:\folder]             /D= must be last and without quotes, also with spaces
;   Uninstall.exe [/S] [/KEEP | /PURGE] [_?=folder]        /PURGE deletes the data too; with _?= it waits to the end
;   Uninstall.exe [/S] /ROLLBACK [_?=folder]               back to the version before
;
; Versions lie side by side in app-V; the Start menu and the registry point to one of them, which has passed its
; self-check. Exit codes: 0 done, 1 stopped by the user, 2 self-check failed or this file is damaged (the old
; version is kept), 3 Windows too old, 4 nothing to go back to, 5 running, 6 disk, 8 older than the installed one.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef FAST ; for try.sh
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
CRCCheck force
!include MUI2.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define APP Porchlight
!define MAKER "Porchlight contributors"
!define KEY "Software\${APP}"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define LINK "$SMPROGRAMS\${APP}.lnk"
!define QUIET 0x8003 ; a broken file is an error code, not a dialog that nobody can close

Name "${APP} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
BrandingText " "
CompletedText "$said"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${APP}"
VIAddVersionKey CompanyName "${MAKER}"
VIAddVersionKey FileDescription "${APP} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"

Var new     ; the folder of the version being installed
Var old     ; the version in use before, or nothing
Var before  ; the one before that, or nothing
Var code
Var ready   ; what the last page says about the version before
Var said    ; what the page with the bar says at its end

!define MUI_ICON "porchlight.ico"
!define MUI_UNICON "porchlight.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_WELCOMEPAGE_TITLE "${APP} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "This puts ${APP} into your own account. It needs no administrator rights and no network.$\r$\n$\r$\nYour directory and settings stay as they are. The new version is checked before it is used; if it does not pass, the version you have goes on working.$\r$\n$\r$\nClick Install."
!define MUI_FINISHPAGE_TITLE "${APP} ${VERSION} is ready"
!define MUI_FINISHPAGE_TEXT "It passed its self-check. Start it from the Start menu.$ready"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start ${APP} now"
!define MUI_FINISHPAGE_RUN_FUNCTION start
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "This removes ${APP} from your account. Your directory, settings and backups stay unless you say otherwise: you will be asked.$\r$\n$\r$\nClick Uninstall."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

!macro refuse CODE TEXT
  MessageBox MB_OK|MB_ICONEXCLAMATION "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; $0 becomes 1 when somebody runs the program in FOLDER: Windows lets nobody write to its file then
!macro in_use FOLDER
  StrCpy $0 0
  ${If} ${FileExists} "${FOLDER}\${APP}.exe"
    ClearErrors
    FileOpen $1 "${FOLDER}\${APP}.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

; Everything that shows the version in use now points to $R0; $R1 is the one to go back to
!macro point
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Current" "$R0"
  WriteRegStr HKCU "${KEY}" "Previous" "$R1"
  SetOutPath "$INSTDIR"
  CreateShortCut "${LINK}" "$INSTDIR\app-$R0\${APP}.exe"
  WriteRegStr HKCU "${UNKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "DisplayVersion" "$R0"
  WriteRegStr HKCU "${UNKEY}" "DisplayIcon" "$INSTDIR\app-$R0\${APP}.exe"
  WriteRegStr HKCU "${UNKEY}" "Publisher" "${MAKER}"
  WriteRegStr HKCU "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNKEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNKEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNKEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNKEY}" "NoRepair" 1
!macroend

Function start
  Exec '"$new\${APP}.exe"'
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro refuse 3 "${APP} needs Windows 10 (version 1809) or newer."
  ${EndIf}
  ReadRegStr $old HKCU "${KEY}" "Current"
  ReadRegStr $before HKCU "${KEY}" "Previous"
  ${If} $old != ""
    ${VersionCompare} "$old" "${VERSION}" $0
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/DOWNGRADE" $2
    ${If} ${Errors}
    ${AndIf} $0 == 1
      !insertmacro refuse 8 "Version $old is installed, which is newer than ${VERSION}. Nothing was changed. To go back to the version before, press Windows+R and enter: $INSTDIR\Uninstall.exe /ROLLBACK"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function stop ; $R8 = exit code, $R9 = why; the new files go, the old version stays
  RMDir /r "$new.part"
  SetErrorLevel $R8
  SetDetailsPrint both
  DetailPrint "$R9"
  MessageBox MB_OK|MB_ICONEXCLAMATION "$R9" /SD IDOK
  Abort
FunctionEnd

Function check ; $code = "0" when the program in $new.part passes; on an empty data folder, drawing into memory
  SetDetailsPrint both
  DetailPrint "Checking the new version. This takes up to a minute ..."
  SetDetailsPrint none
  InitPluginsDir
  System::Call 'kernel32::SetEnvironmentVariable(t "PORCHLIGHT_DATA", t "$PLUGINSDIR\check")'
  System::Call 'kernel32::SetEnvironmentVariable(t "QT_QPA_PLATFORM", t "offscreen")'
  System::Call 'kernel32::SetErrorMode(i ${QUIET})'
  nsExec::Exec /TIMEOUT=300000 '"$new.part\porchlight-cli.exe" self-check'
  Pop $code
  System::Call 'kernel32::SetEnvironmentVariable(t "PORCHLIGHT_DATA", t n)'
  System::Call 'kernel32::SetEnvironmentVariable(t "QT_QPA_PLATFORM", t n)'
FunctionEnd

Function tidy ; keep the version in use, the one before, and what somebody still runs
  FindFirst $R2 $R3 "$INSTDIR\app-*"
  ${DoWhile} $R3 != ""
    ${If} $R3 != "app-$R0"
    ${AndIf} $R3 != "app-$R1"
      !insertmacro in_use "$INSTDIR\$R3"
      ${If} $0 == 0
        RMDir /r "$INSTDIR\$R3"
      ${EndIf}
    ${EndIf}
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
FunctionEnd

Section
  StrCpy $new "$INSTDIR\app-${VERSION}"
  !insertmacro in_use "$new"
  ${If} $0 == 1
    StrCpy $R8 5
    StrCpy $R9 "${APP} ${VERSION} is running. Close it and start this again. Nothing was changed."
    Call stop
  ${EndIf}
  SectionGetSize 0 $0
  ${GetRoot} "$INSTDIR" $1
  ${DriveSpace} "$1\" "/D=F /S=K" $2
  IntOp $0 $0 + 20000
  RMDir /r "$new.part"
  ClearErrors
  CreateDirectory "$new.part"
  ${If} ${Errors}
  ${OrIf} $2 U< $0
    StrCpy $R8 6
    StrCpy $R9 "There is no room for ${APP}, or the folder may not be written. Free some space and try again. Nothing was changed."
    Call stop
  ${EndIf}
  DetailPrint "Copying the program. The version you have is not touched ..."
  SetDetailsPrint none
  SetOutPath "$new.part"
  ClearErrors
  File /r "${STAGE}/*.*"
  ${If} ${Errors}
    StrCpy $R8 6
    StrCpy $R9 "The files could not be written: the disk is full, or the folder may not be written. Free some space and try again; the version you have is unchanged."
    Call stop
  ${EndIf}
  SetOutPath "$INSTDIR"
  Call check
  ${If} $code != "0"
    StrCpy $R8 2
    StrCpy $R9 "Version ${VERSION} did not pass its self-check (code $code), so it was not installed; the version you have goes on working. Copy the installer again."
    Call stop
  ${EndIf}
  RMDir /r "$new"
  ClearErrors
  Rename "$new.part" "$new"
  ${If} ${Errors}
    StrCpy $R8 6
    StrCpy $R9 "The folder of the new version could not be put in its place. Restart the laptop and try again."
    Call stop
  ${EndIf}
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  StrCpy $R0 "${VERSION}"
  StrCpy $R1 "$old"
  ${If} $old == "${VERSION}"
    StrCpy $R1 "$before"
  ${EndIf}
  ${If} $R1 != ""
    StrCpy $ready "$\r$\n$\r$\nVersion $R1 is kept. To go back to it, press Windows+R and enter:$\r$\n$INSTDIR\Uninstall.exe /ROLLBACK"
  ${EndIf}
  !insertmacro point
  StrCpy $said "${APP} ${VERSION} is ready."
  Call tidy
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNKEY}" "EstimatedSize" $0
SectionEnd

Function un.onInit
  ReadRegStr $old HKCU "${KEY}" "Current"
  ReadRegStr $before HKCU "${KEY}" "Previous"
  ${GetParameters} $R5
  ClearErrors
  ${GetOptions} $R5 "/ROLLBACK" $1
  ${IfNot} ${Errors}
    ${If} $before == ""
    ${OrIfNot} ${FileExists} "$INSTDIR\app-$before\${APP}.exe"
      !insertmacro refuse 4 "There is no earlier version to go back to."
    ${EndIf}
    StrCpy $R0 "$before"
    StrCpy $R1 "$old"
    !insertmacro point
    MessageBox MB_OK|MB_ICONINFORMATION "Version $R0 is back. Your data were not changed." /SD IDOK
    SetErrorLevel 0
    Quit
  ${EndIf}
  FindFirst $R2 $R3 "$INSTDIR\app-*"
  ${DoWhile} $R3 != ""
    !insertmacro in_use "$INSTDIR\$R3"
    ${If} $0 == 1
      FindClose $R2
      !insertmacro refuse 5 "${APP} is running. Close it, then try again. Nothing was changed."
    ${EndIf}
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
FunctionEnd

Section Uninstall
  SetDetailsPrint textonly
  DetailPrint "Removing ${APP} ..."
  SetDetailsPrint none
  FindFirst $R2 $R3 "$INSTDIR\app-*"
  ${DoWhile} $R3 != ""
    RMDir /r "$INSTDIR\$R3"
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
  Delete "$INSTDIR\Uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "${LINK}"
  DeleteRegKey HKCU "${UNKEY}"
  DeleteRegKey HKCU "${KEY}"
  SetDetailsPrint both
  StrCpy $said "Removed. Your directory, settings and backups are still there."
  ${IfNot} ${FileExists} "$LOCALAPPDATA\${APP}\*.*"
    StrCpy $said "Removed."
    Return
  ${EndIf}
  ClearErrors
  ${GetOptions} $R5 "/KEEP" $1
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ClearErrors
  ${GetOptions} $R5 "/PURGE" $1
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Delete your directory, settings and backups too? They cannot be brought back.$\r$\n$\r$\n$LOCALAPPDATA\${APP}" /SD IDNO IDYES purge
    Return
  ${EndIf}
purge:
  SetDetailsPrint none
  RMDir /r "$LOCALAPPDATA\${APP}"
  SetDetailsPrint both
  StrCpy $said "Removed, with your directory, settings and backups."
  ${If} ${FileExists} "$LOCALAPPDATA\${APP}\*.*"
    StrCpy $said "Removed, but some of your data could not be deleted: restart and delete $LOCALAPPDATA\${APP}"
    SetErrorLevel 6
  ${EndIf}
SectionEnd
